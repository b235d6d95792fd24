import { element, heading, kronor, voucher } from './books.js'

/** ag-grid with a pinned column: each row is two elements. */
heading('Verifikat')
const place = element('div')
place.style.height = '420px'
document.body.append(place)
const script = element('script', { src: '/lib/ag-grid-community.js' })
script.addEventListener('load', () => {
  globalThis.agGrid.createGrid(place, {
    columnDefs: [
      { field: 'vernr', headerName: 'Ver.nr', pinned: 'left', width: 140 },
      { field: 'date', headerName: 'Datum', width: 200, sortable: true },
      { field: 'text', headerName: 'Text', width: 700 },
      { field: 'amount', headerName: 'Belopp', width: 300 },
    ],
    rowData: Array.from({ length: 400 }, (_, at) => {
      const { series, number, date, text, amount } = voucher(at + 1)
      return { vernr: `${series} ${number}`, date, text, amount: kronor(amount) }
    }),
  })
})
document.head.append(script)
