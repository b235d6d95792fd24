import type { ComponentChild } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { voucherKey } from '../../../shared/ledger/keys.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { formatAmount } from '../../../shared/text/format.ts'
import { underlagPageText } from '../../../shared/text/underlag-page.ts'
import { voucherLabel } from '../document-window/choices.tsx'
import { language } from '../document-window/parts.tsx'

const text = underlagPageText(language)
const rowHeight = 29
/** Rows drawn beyond those in view. */
const spare = 12

/** The vouchers, drawn as far as they are in view; more are asked for near the end. */
export function VoucherList(props: {
  vouchers: readonly VoucherSummary[]
  total: number
  active: string | null
  chosen: ReadonlyMap<string, VoucherSummary>
  /** Stands above the rows. */
  note: ComponentChild
  onActive: (key: string) => void
  onChoose: (voucher: VoucherSummary, isChosen: boolean) => void
  onChooseAll: (isChosen: boolean) => void
  onMore: () => void
}) {
  const { vouchers, total, active, chosen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ first: 0, last: 60 })
  const measure = () => {
    const { scrollTop, clientHeight } = scroller.current!
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare)
    const last = Math.ceil((scrollTop + clientHeight) / rowHeight) + spare
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }))
    if (last >= vouchers.length && vouchers.length < total) props.onMore()
  }
  useLayoutEffect(measure, [vouchers, total])
  useEffect(() => {
    const observer = new ResizeObserver(measure)
    observer.observe(scroller.current!)
    return () => observer.disconnect()
  })
  useEffect(() => {
    const at = vouchers.findIndex((voucher) => voucherKey(voucher) === active)
    const { scrollTop, clientHeight } = scroller.current!
    const top = at * rowHeight
    if (at >= 0 && (top < scrollTop || top + 2 * rowHeight > scrollTop + clientHeight)) {
      scroller.current!.scrollTop = top - clientHeight / 2
    }
  }, [active])

  const shown = vouchers.slice(range.first, range.last)
  const isAll =
    vouchers.length > 0 &&
    chosen.size >= total &&
    vouchers.every((voucher) => chosen.has(voucherKey(voucher)))
  const longest = useMemo(
    () => vouchers.reduce((most, voucher) => Math.max(most, voucherLabel(voucherKey(voucher)).length), 0),
    [vouchers],
  )
  return (
    <div class="list" style={{ '--id-width': `clamp(56px, ${longest + 1}ch, 150px)` }}>
      <div class="list-row list-head">
        <input
          type="checkbox"
          aria-label={text.chooseAll}
          title={text.chooseAll}
          checked={isAll}
          indeterminate={!isAll && chosen.size > 0}
          onChange={(event) => props.onChooseAll(event.currentTarget.checked)}
        />
        <span>{text.column.voucher}</span>
        <span>{text.column.date}</span>
        <span>{text.column.text}</span>
        <span class="number">{text.column.amount}</span>
        <span class="number">{text.column.documents}</span>
      </div>
      {props.note}
      <div ref={scroller} class="list-scroller" onScroll={measure} tabIndex={-1}>
        <ol class="list-rows" aria-label={text.list} style={{ height: `${total * rowHeight}px` }}>
          {shown.map((voucher, i) => (
            <Row
              key={voucherKey(voucher)}
              voucher={voucher}
              top={(range.first + i) * rowHeight}
              isActive={voucherKey(voucher) === active}
              isChosen={chosen.has(voucherKey(voucher))}
              onActive={props.onActive}
              onChoose={props.onChoose}
            />
          ))}
        </ol>
      </div>
    </div>
  )
}

function Row(props: {
  voucher: VoucherSummary
  top: number
  isActive: boolean
  isChosen: boolean
  onActive: (key: string) => void
  onChoose: (voucher: VoucherSummary, isChosen: boolean) => void
}) {
  const { voucher, top, isActive, isChosen } = props
  const key = voucherKey(voucher)
  const label = voucherLabel(key)
  return (
    <li class="list-row" style={{ top: `${top}px` }} data-active={isActive ? '' : undefined}>
      <input
        type="checkbox"
        aria-label={text.choose(label)}
        checked={isChosen}
        onChange={(event) => props.onChoose(voucher, event.currentTarget.checked)}
      />
      <button
        type="button"
        class="list-open"
        aria-current={isActive ? 'true' : undefined}
        onClick={() => props.onActive(key)}
      >
        <span class="voucher-id" title={label}>
          {label}
        </span>
        <span class="list-date">{voucher.date}</span>
        <span class="list-text">{voucher.text}</span>
        <span class="number">{formatAmount(voucher.amount, language)}</span>
        <span class={voucher.documents > 0 ? 'list-documents' : 'list-documents list-none'}>
          {voucher.documents}
        </span>
      </button>
    </li>
  )
}
