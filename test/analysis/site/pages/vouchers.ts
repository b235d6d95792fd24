import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import type { Page } from '../app.ts'
import { el, kronor } from '../dom.ts'
import type { SieVoucher } from '../sie.ts'
import { year } from '../store.ts'

const rowHeight = 36
type Sort = 'voucher' | 'date' | 'amount'

const amountOf = (voucher: SieVoucher) =>
  voucher.rows.reduce((sum, { amount }) => sum + Math.max(amount, 0), 0)

/** All vouchers of the year: a list that reuses a screenful of row elements. */
export const vouchersPage: Page = (main) => {
  const data = year()?.data
  main.append(el('h1', {}, 'Verifikat'))
  if (!data) {
    main.append(el('p', { class: 'empty' }, 'Räkenskapsåret har inga inlästa data.'))
    return undefined
  }
  main.classList.add('wide')
  let shown: SieVoucher[] = data.vouchers
  let sort: { by: Sort; descending: boolean } | null = null
  const search = el('input', { type: 'search', placeholder: 'Sök text eller nummer', 'aria-label': 'Sök' })
  const count = el('span', { class: 'muted' })
  const sizer = el('div', { class: 'sizer', role: 'rowgroup' })
  const body = el('div', { class: 'rows', tabindex: 0 }, sizer)
  const head = (title: string, by: Sort | null, type = '') =>
    el(
      'div',
      {
        role: 'columnheader',
        class: type,
        ...(by && { onclick: () => sortBy(by) }),
        tabindex: by ? 0 : null,
      },
      title,
    )
  const grid = el(
    'div',
    { class: 'vouchers', role: 'grid', 'aria-label': 'Verifikat' },
    el(
      'div',
      { role: 'row', class: 'head' },
      head('Verifikat', 'voucher'),
      head('Datum', 'date'),
      head('Text', null),
      head('Rader', null, 'amount'),
      head('Belopp', 'amount', 'amount'),
    ),
    body,
  )
  main.append(el('div', { class: 'tools' }, search, count), grid)

  const pool: HTMLElement[] = []
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
    count: shown.length,
    getScrollElement: () => body,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: draw,
  })
  const unmount = virtualizer._didMount()
  virtualizer._willUpdate()

  function draw(): void {
    const items = virtualizer.getVirtualItems()
    sizer.style.height = `${virtualizer.getTotalSize()}px`
    while (pool.length < items.length) {
      const row = el(
        'div',
        { role: 'row', class: 'row' },
        ...['', '', '', 'amount', 'amount'].map((type) => el('div', { role: 'gridcell', class: type })),
      )
      pool.push(row)
      sizer.append(row)
    }
    while (pool.length > items.length + 12) pool.pop()!.remove()
    pool.forEach((row, at) => {
      const item = items[at]
      row.hidden = !item
      if (!item) return
      const voucher = shown[item.index]!
      row.style.transform = `translateY(${item.start}px)`
      row.setAttribute('aria-rowindex', String(item.index + 2))
      const cells = row.children
      cells[0]!.textContent = `${voucher.series} ${voucher.number}`.trim()
      cells[1]!.textContent = voucher.date
      cells[2]!.textContent = voucher.text
      cells[3]!.textContent = String(voucher.rows.length)
      cells[4]!.textContent = kronor(amountOf(voucher))
    })
    count.textContent = `${shown.length} verifikat`
    grid.setAttribute('aria-rowcount', String(shown.length + 1))
  }

  function refresh(): void {
    const term = search.value.trim().toLowerCase()
    shown = data!.vouchers.filter(({ series, number, text }) =>
      `${series} ${number} ${text}`.toLowerCase().includes(term),
    )
    if (sort) {
      const { by, descending } = sort
      const value = (voucher: SieVoucher): string | number =>
        by === 'amount' ? amountOf(voucher) : by === 'date' ? voucher.date : Number(voucher.number)
      shown = shown.toSorted((a, b) => (value(a) < value(b) ? -1 : 1) * (descending ? -1 : 1))
    }
    virtualizer.setOptions({ ...virtualizer.options, count: shown.length })
    virtualizer._willUpdate()
    virtualizer.measure()
    draw()
  }

  function sortBy(by: Sort): void {
    sort = { by, descending: sort?.by === by && !sort.descending }
    refresh()
  }

  search.addEventListener('input', refresh)
  draw()
  return () => {
    main.classList.remove('wide')
    unmount()
  }
}
