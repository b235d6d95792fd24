import type { VoucherSummary } from '../../../shared/ledger/types.ts'

const lineEnd = '\r\n'
const byteOrderMark = '\ufeff'

/**
 * A list as a file that Swedish Excel opens with a double click: semicolons, decimal commas, UTF-8 with byte order
 * mark. Amounts have no thousands sign, so that they come in as numbers.
 */
export function csvOf(header: readonly string[], vouchers: readonly VoucherSummary[]): string {
  const lines = vouchers.map(({ series, number, date, text, amount, rowCount, documents }) =>
    [cell(series), cell(number), date, cell(text), decimal(amount), String(rowCount), String(documents)].join(
      ';',
    ),
  )
  return byteOrderMark + [header.map(cell).join(';'), ...lines, ''].join(lineEnd)
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it: vouchers' texts are strangers' words. */
function cell(text: string): string {
  const plain = text.replace(/[\r\n\t\u2028\u2029]+/g, ' ')
  const safe = /^\s*[=+\-@＝＋－＠]/.test(plain) ? `'${plain}` : plain
  return /[";]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Öre as `-12450,05`. */
function decimal(oere: number): string {
  const digits = String(Math.abs(oere)).padStart(3, '0')
  return `${oere < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}
