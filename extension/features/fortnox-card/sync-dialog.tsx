import { useState } from 'preact/hooks'
import { cardText } from '../../../shared/text/card.ts'
import type { Language } from '../../../shared/text/language.ts'
import type { PageYear } from '../../host/adapter.ts'
import { Dialog } from '../../lib/ui/parts.tsx'
import { defaultLedger, type questionBefore } from '../year-controls/question.ts'

export interface YearQuestion extends PageYear {
  question: ReturnType<typeof questionBefore>
}
export type SyncChoice = PageYear & { ledger: 'fetch' | 'keep' }

/** The one question before a sync: a line per year, what becomes of its ledger. */
export function SyncDialog(props: {
  years: readonly YearQuestion[]
  language: Language
  onStart: (years: SyncChoice[]) => void
  onClose: () => void
}) {
  const t = cardText(props.language)
  const [ledgers, setLedgers] = useState<Record<string, 'fetch' | 'keep'>>(() =>
    Object.fromEntries(props.years.map(({ from, question }) => [from, defaultLedger(question)])),
  )
  return (
    <Dialog title={t.sync.title} onClose={props.onClose}>
      <p class="soft">{t.sync.lead}</p>
      {props.years.map(({ from, to, question }) => (
        <fieldset key={from} class="box">
          <legend>
            {from} – {to}
          </legend>
          <p class="soft">
            {
              {
                overwrite: t.sync.sieLine,
                what: t.sync.emptyLine,
                none: t.sync.fortnoxLine,
              }[question]
            }
          </p>
          {question === 'none' ? null : (
            <div class="row">
              {(question === 'overwrite' ? (['keep', 'fetch'] as const) : (['fetch', 'keep'] as const)).map(
                (ledger) => (
                  <label key={ledger} class="choice">
                    <input
                      type="radio"
                      name={`ledger-${from}`}
                      checked={ledgers[from] === ledger}
                      onChange={() => setLedgers({ ...ledgers, [from]: ledger })}
                    />
                    {question === 'overwrite'
                      ? ledger === 'fetch'
                        ? t.sync.overwrite
                        : t.sync.keep
                      : ledger === 'fetch'
                        ? t.sync.both
                        : t.sync.documents}
                  </label>
                ),
              )}
            </div>
          )}
        </fieldset>
      ))}
      <div class="row end">
        <button type="button" onClick={props.onClose}>
          {t.cancel}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() =>
            props.onStart(props.years.map(({ from, to }) => ({ from, to, ledger: ledgers[from] ?? 'keep' })))
          }
        >
          {t.sync.start}
        </button>
      </div>
    </Dialog>
  )
}
