import { parseVoucherKey } from '../../../shared/ledger/keys.ts'
import { formatAmount, formatDateTime } from '../../../shared/text/format.ts'
import type { WindowState } from './controller.ts'
import { Icon } from './icons.tsx'
import { language, text } from './parts.tsx'

/** The number fits several vouchers: the user says which one is meant. */
export function Choices({ state, onChoose }: { state: WindowState; onChoose: (key: string) => void }) {
  const views = state.choices.map(({ voucher }) => (voucher.state === 'ready' ? voucher.value : null))
  const asOf = views.find((view) => view?.documentsAt)?.documentsAt
  return (
    <div class="choices">
      <h2>{text.ambiguous(state.choices.length)}</h2>
      <p>{text.ambiguousHelp}</p>
      <ol>
        {state.choices.map(({ key, voucher }) => {
          const view = voucher.state === 'ready' ? voucher.value : null
          const debit = view?.voucher?.rows.reduce(
            (sum, row) => (row.kind === 'TRANS' && row.amount > 0 ? sum + row.amount : sum),
            0,
          )
          return (
            <li key={key}>
              <button type="button" onClick={() => onChoose(key)}>
                <span class="voucher-id">{voucherLabel(key)}</span>
                <span class="choice-date">{view?.voucher?.date ?? ''}</span>
                <span class="choice-text">{view?.voucher?.text ?? ''}</span>
                <span class="choice-amount">{debit === undefined ? '' : formatAmount(debit, language)}</span>
                <span class="count">
                  <Icon name="file" size={14} />
                  {view?.documents.length ?? ''}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      {asOf ? <p class="as-of">{`Fortnox ${text.asOf(formatDateTime(asOf))}`}</p> : null}
    </div>
  )
}

/** `A 123`, and `A 123 (2)` for the second voucher of that number. */
export function voucherLabel(key: string): string {
  const id = parseVoucherKey(key)
  if (!id) return key
  return `${id.series} ${id.number}${id.occurrence > 1 ? ` (${id.occurrence})` : ''}`.trim()
}
