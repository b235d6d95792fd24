import { Window } from 'happy-dom'
import { beforeAll, describe, expect, it } from 'vitest'
import { textsGrid, voucherTextAt } from './texts.ts'

beforeAll(() => {
  const { Node, NodeFilter } = new Window()
  Object.assign(globalThis, { Node, NodeFilter })
})

/** What is read of the texts of a page. */
function read(html: string) {
  const { document } = new Window()
  document.body.innerHTML = html
  const body = document.body as unknown as Element
  const blocks = [...body.querySelectorAll('*')].flatMap((element) => voucherTextAt(element) ?? [])
  const grid = textsGrid(body, blocks)
  return grid.rows().map((row) => {
    const reading = grid.read!(row)!
    return [reading.series, reading.number, reading.date]
  })
}

describe('vouchers in texts', () => {
  it('reads a heading over rows of accounts, in one element or several', () => {
    const rows = '<table><tr><td>1930</td><td>Bank</td></tr></table>'
    expect(read(`<h3>A 12 2026-03-01 Hyra</h3>${rows}`)).toEqual([['A', '12', '2026-03-01']])
    expect(
      read(`<div><span>A 12</span><span>2026-03-01</span><span>Hyra</span></div><div>${rows}</div>`),
    ).toEqual([['A', '12', '2026-03-01']])
    expect(read('<h3>A 12 2026-03-01 Hyra</h3><p>Hyran för mars</p>')).toEqual([])
    expect(read('<ul><li>A 12 2026-03-01</li><li>A 13 2026-03-02</li></ul>')).toEqual([])
    expect(read('<p>A 12 2026-03-01</p><p>2026-03-02 A 13</p>')).toEqual([])
  })

  it('reads terms and cards, with the voucher’s own date', () => {
    const list = '<dt>Fakturadatum</dt><dd>2026-01-01</dd><dt>Bokföringsdatum</dt><dd>2026-03-01</dd>'
    expect(read(`<dl><dt>Verifikat</dt><dd>A12</dd>${list}</dl>`)).toEqual([['A', '12', '2026-03-01']])
    expect(read('<div><p><b>Verifikat: A12</b></p><p>Datum: 2026-03-01</p></div>')).toEqual([
      ['A', '12', '2026-03-01'],
    ])
    expect(read('<div><p>Verifikat: A12</p><p>Förfallodatum: 2026-03-01</p></div>')).toEqual([
      ['A', '12', null],
    ])
    expect(read('<dl><dt>Verifikat</dt><dd>312</dd></dl>')).toEqual([])
  })

  it('gives none of several vouchers a date that stands beside them all', () => {
    expect(read('<div><p>Verifikat A 1</p><p>Verifikat A 2</p><p>Datum: 2026-03-01</p></div>')).toEqual([
      ['A', '1', null],
      ['A', '2', null],
    ])
  })

  it('passes by what is typed, chosen or not shown', () => {
    expect(read('<select><option>Verifikat A 1</option></select><textarea>Verifikat A 2</textarea>')).toEqual(
      [],
    )
  })
})
