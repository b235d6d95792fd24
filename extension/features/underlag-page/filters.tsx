import { underlagPageText } from '../../../shared/text/underlag-page.ts'
import { language } from '../document-window/parts.tsx'
import { type FilterFields, noFilter, writtenAmount } from './filter.ts'

const text = underlagPageText(language)

/** The list's filters, one row. */
export function Filters(props: {
  fields: FilterFields
  from: string
  to: string
  onFields: (fields: FilterFields) => void
}) {
  const { fields, onFields } = props
  const set = (part: Partial<FilterFields>) => onFields({ ...fields, ...part })
  const isAmountWrong = fields.amount.trim() !== '' && writtenAmount(fields.amount) === null
  const isPeriodWrong = fields.from !== '' && fields.to !== '' && fields.from > fields.to
  const isFiltered = Object.values(fields).some((value) => value !== '')
  return (
    <search class="filters" aria-label={text.filters}>
      <label>
        <span>{text.documents.label}</span>
        <select
          value={fields.documents}
          onChange={(event) => set({ documents: event.currentTarget.value as FilterFields['documents'] })}
        >
          <option value="">{text.documents.all}</option>
          <option value="with">{text.documents.with}</option>
          <option value="without">{text.documents.without}</option>
        </select>
      </label>
      <label class="filter-text">
        <span>{text.text}</span>
        <input
          type="search"
          value={fields.text}
          maxLength={100}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      <label class="filter-short">
        <span>{text.account}</span>
        <input
          inputMode="numeric"
          value={fields.account}
          maxLength={20}
          onInput={(event) => set({ account: event.currentTarget.value })}
        />
      </label>
      <label class="filter-amount">
        <span>{text.amount}</span>
        <input
          inputMode="decimal"
          value={fields.amount}
          aria-invalid={isAmountWrong}
          aria-describedby="filter-note"
          onInput={(event) => set({ amount: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>{text.from}</span>
        <input
          type="date"
          value={fields.from}
          min={props.from}
          max={props.to}
          onInput={(event) => set({ from: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>{text.to}</span>
        <input
          type="date"
          value={fields.to}
          min={props.from}
          max={props.to}
          aria-invalid={isPeriodWrong}
          aria-describedby="filter-note"
          onInput={(event) => set({ to: event.currentTarget.value })}
        />
      </label>
      <button type="button" class="button" disabled={!isFiltered} onClick={() => onFields(noFilter)}>
        {text.clear}
      </button>
      <p id="filter-note" class="filter-note" role="status">
        {isAmountWrong ? text.amountInvalid : isPeriodWrong ? text.periodInvalid : ''}
      </p>
    </search>
  )
}
