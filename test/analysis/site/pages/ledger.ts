import { AllCommunityModule, createGrid, ModuleRegistry, themeQuartz } from 'ag-grid-community'
import type { Page } from '../app.ts'
import { el, kronor } from '../dom.ts'
import { year } from '../store.ts'

ModuleRegistry.registerModules([AllCommunityModule])

interface Line {
  voucher: string
  date: string
  text: string
  debit: number | null
  credit: number | null
  balance: number
}

export const ledgerPage: Page = (main) => {
  const data = year()?.data
  main.append(el('h1', {}, 'Huvudbok'))
  if (!data) {
    main.append(el('p', { class: 'empty' }, 'Räkenskapsåret har inga inlästa data.'))
    return undefined
  }
  const used = new Map<string, number>()
  for (const voucher of data.vouchers) {
    for (const { account } of voucher.rows) used.set(account, (used.get(account) ?? 0) + 1)
  }
  const accounts = [...used.keys()].sort()
  const start = accounts.find((account) => account.startsWith('193')) ?? accounts[0]!
  const list = el('div', { class: 'accounts', role: 'listbox', 'aria-label': 'Konton' })
  const title = el('h2', {})
  const place = el('div', { class: 'grid' })
  main.classList.add('wide')
  main.append(el('div', { class: 'split' }, list, el('div', { class: 'split-main' }, title, place)))

  const grid = createGrid<Line>(place, {
    theme: themeQuartz,
    styleNonce: document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')!.content,
    columnDefs: [
      { field: 'voucher', headerName: 'Ver.nr', width: 120 },
      { field: 'date', headerName: 'Datum', width: 120 },
      { field: 'text', headerName: 'Text', flex: 1, minWidth: 160 },
      amount('debit', 'Debet'),
      amount('credit', 'Kredit'),
      amount('balance', 'Saldo'),
    ],
    rowData: [],
    suppressColumnVirtualisation: true,
  })

  function choose(account: string): void {
    for (const option of list.children) {
      option.setAttribute('aria-selected', String((option as HTMLElement).dataset.account === account))
    }
    title.textContent = `${account} ${data!.accounts[account] ?? ''}`
    grid.setGridOption('rowData', lines(account))
  }

  function lines(account: string): Line[] {
    let balance = data!.opening[account] ?? 0
    return data!.vouchers.flatMap((voucher) =>
      voucher.rows
        .filter((row) => row.account === account)
        .map(({ amount, text }) => {
          balance += amount
          return {
            voucher: `${voucher.series} ${voucher.number}`.trim(),
            date: voucher.date,
            text: text || voucher.text,
            debit: amount > 0 ? amount : null,
            credit: amount < 0 ? -amount : null,
            balance,
          }
        }),
    )
  }

  list.append(
    ...accounts.map((account) =>
      el(
        'button',
        { role: 'option', 'data-account': account, 'aria-selected': 'false', onclick: () => choose(account) },
        el('span', { class: 'number' }, account),
        data.accounts[account] ?? '',
        el('span', { class: 'muted' }, used.get(account) ?? 0),
      ),
    ),
  )
  choose(start)
  return () => {
    main.classList.remove('wide')
    grid.destroy()
  }
}

function amount(field: 'debit' | 'credit' | 'balance', headerName: string) {
  return {
    field,
    headerName,
    width: 140,
    type: 'rightAligned',
    valueFormatter: ({ value }: { value: number | null }) => (value === null ? '' : kronor(value)),
  }
}
