import type { DocumentEntry, Voucher, VoucherRow } from '../../../shared/ledger/types.ts'
import { formatAmount, formatDateTime } from '../../../shared/text/format.ts'
import type { Shown, WindowState } from './controller.ts'
import { Icon } from './icons.tsx'
import { language, text } from './parts.tsx'

/** Beside the document: the voucher's rows, what the document is, and the voucher's other documents. */
export function Panel(props: { state: WindowState; onDocument: (position: number) => void }) {
  const { voucher, shown, position } = props.state
  if (voucher.state !== 'ready') return <aside class="panel" aria-label={text.voucher} />
  const { value } = voucher
  return (
    <aside class="panel" aria-label={text.voucher}>
      {value.voucher ? <Rows voucher={value.voucher} /> : <p class="panel-note">{text.onlyInFortnox}</p>}
      {shown ? <Facts shown={shown} /> : null}
      {value.documents.length > 1 ? (
        <section>
          <h2>
            {text.documents} <span class="count">{value.documents.length}</span>
          </h2>
          <ol class="documents">
            {value.documents.map((entry, i) => (
              <li key={entry.id}>
                <button
                  type="button"
                  aria-current={i === position ? 'true' : undefined}
                  onClick={() => props.onDocument(i)}
                >
                  <Icon name="file" />
                  <span class="documents-name">{entry.name}</span>
                  <span class="documents-origin">{text.origin[entry.origin]}</span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </aside>
  )
}

/** A voucher's rows. Removed and later added rows (RTRANS, BTRANS) are shown as the history they are, and not summed. */
export function Rows({ voucher }: { voucher: Voucher }) {
  const counted = voucher.rows.filter(({ kind }) => kind === 'TRANS')
  const sum = (sign: 1 | -1) => counted.reduce((total, { amount }) => total + Math.max(0, amount * sign), 0)
  return (
    <section>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {text.account}
            </th>
            <th scope="col" class="number">
              {text.debit}
            </th>
            <th scope="col" class="number">
              {text.credit}
            </th>
          </tr>
        </thead>
        <tbody>
          {voucher.rows.map((row, i) => (
            <Row key={i} row={row} voucherText={voucher.text} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {text.sum}
            </th>
            <td class="number">{formatAmount(sum(1), language)}</td>
            <td class="number">{formatAmount(sum(-1), language)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

function Row({ row, voucherText }: { row: VoucherRow; voucherText: string }) {
  const note = row.kind === 'BTRANS' ? text.deletedRow : row.kind === 'RTRANS' ? text.addedRow : ''
  // Fortnox writes a quantity of 0 on every row: it says nothing.
  const quantity = Number(row.quantity ?? 0) === 0 ? '' : row.quantity
  const says = [row.text !== voucherText ? row.text : '', quantity, note].filter(Boolean).join(' · ')
  return (
    <tr class={row.kind === 'TRANS' ? undefined : 'history'}>
      <td class="account">{row.account}</td>
      <td>
        {row.accountName ?? ''}
        {says ? <span class="row-text">{says}</span> : null}
      </td>
      <td class="number">{row.amount >= 0 ? formatAmount(row.amount, language) : ''}</td>
      <td class="number">{row.amount < 0 ? formatAmount(-row.amount, language) : ''}</td>
    </tr>
  )
}

function Facts({ shown: { entry, bytes } }: { shown: Shown }) {
  const { invoice } = entry
  return (
    <section>
      <h2>{text.theDocument}</h2>
      <dl class="facts">
        <dt>{text.origin[entry.origin]}</dt>
        <dd>{text.role[entry.role]}</dd>
        {invoice ? <InvoiceFacts entry={entry} /> : null}
        {entry.fileName ? (
          <>
            <dt>{text.fileName}</dt>
            <dd class="breakable">{entry.fileName}</dd>
          </>
        ) : null}
        {bytes ? (
          <>
            <dt>{text.fetched}</dt>
            <dd>
              {formatDateTime(bytes.fetchedAt)}
              {bytes.fromCache ? <span class="tag">{text.fromCache}</span> : null}
            </dd>
          </>
        ) : null}
      </dl>
      {entry.rendered ? <p class="panel-note">{text.rendered}</p> : null}
    </section>
  )
}

function InvoiceFacts({ entry }: { entry: DocumentEntry }) {
  const { invoice, origin } = entry
  if (!invoice) return null
  const facts: [string, string | null][] = [
    [origin === 'customer' ? text.customer : text.supplier, invoice.counterparty],
    [text.invoiceNumber, origin === 'customer' ? invoice.number : invoice.externalNumber],
    [text.fortnoxNumber, origin === 'customer' ? null : invoice.number],
    [text.invoiceDate, invoice.date],
    [text.dueDate, invoice.dueDate],
  ]
  return (
    <>
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ) : null,
      )}
      {invoice.total === null ? null : (
        <>
          <dt>{text.total}</dt>
          <dd>
            <span class="amount">{formatAmount(invoice.total, language)}</span> {invoice.currency}
            {invoice.credit ? <span class="tag">{text.credited}</span> : null}
            {invoice.cancelled ? <span class="tag tag-warning">{text.cancelled}</span> : null}
          </dd>
        </>
      )}
    </>
  )
}
