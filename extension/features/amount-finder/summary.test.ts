import { expect, it } from 'vitest'
import type { DocumentEntry, Voucher } from '../../../shared/ledger/types.ts'
import { find } from './find.ts'
import { lines, page } from './pages.testing.ts'
import { summarise } from './summary.ts'
import { wantedOf } from './wanted.ts'

const voucher = (...rows: [account: string, amount: number][]) =>
  ({
    date: '2026-03-01',
    rows: rows.map(([account, amount]) => ({ kind: 'TRANS', account, amount })),
  }) as unknown as Voucher
const file = { origin: 'bookkeeping', invoice: null } as unknown as DocumentEntry
const invoiceOf = (total: number, currency = 'SEK') =>
  ({
    origin: 'supplier',
    invoice: { number: '9', externalNumber: '70001', date: '2026-02-27', total, currency },
  }) as unknown as DocumentEntry

/** The line about a document, with plain spaces. */
function said(pages: ReturnType<typeof lines>[], booked: Voucher, entry: DocumentEntry) {
  const wanted = wantedOf(booked, entry)
  const summary = summarise(find(pages, wanted), wanted, 'sv')
  return summary && { ...summary, line: summary.line.replaceAll('\u00a0', ' ') }
}

const purchase = voucher(['2440', -12_450_00], ['2641', 2_490_00], ['5410', 9_960_00])

it('says that the total stands there, and the invoice number and date with it', () => {
  const paper = lines('Faktura 70001', 'Datum 2026-02-27', 'Att betala 12 450,00')
  expect(said([paper], purchase, invoiceOf(12_450_00))).toEqual({
    verdict: 'found',
    line: '12 450,00 finns i dokumentet',
    also: 'fakturanummer 70001 · datum 2026-02-27',
  })
})

it('says what is missing beside the net amount that stands there', () => {
  expect(said([lines('Netto 9 960,00')], purchase, file)).toMatchObject({
    verdict: 'partly',
    line: '9 960,00 finns i dokumentet som netto; 12 450,00 hittades inte',
  })
})

it('does not take another row’s amount for the invoice’s own', () => {
  const payment = voucher(['1930', -300_00], ['2440', 100_00], ['2440', 200_00])
  expect(said([lines('Att betala 200,00')], payment, invoiceOf(100_00))).toMatchObject({
    verdict: 'partly',
    line: '200,00 finns i dokumentet; 100,00 hittades inte',
  })
})

it('knows a total that was rounded to whole kronor', () => {
  const rounded = voucher(['2440', -12_450_00], ['2641', 2_489_95], ['5410', 9_959_80], ['3740', 25])
  expect(said([lines('Att betala 12 449,75')], rounded, invoiceOf(12_450_00))).toMatchObject({
    verdict: 'found',
    line: '12 449,75 finns i dokumentet, före öresavrundning',
  })
})

it('says when the amount stands there in another currency', () => {
  expect(said([lines('Total EUR 12 450,00')], purchase, invoiceOf(12_450_00))).toMatchObject({
    verdict: 'partly',
    line: '12 450,00 finns i dokumentet, i EUR',
  })
})

it('claims nothing of pages that have no text', () => {
  expect(said([page([])], purchase, file)).toMatchObject({ verdict: 'unknown' })
  expect(said([lines('Följesedel'), page([], 2)], purchase, file)).toMatchObject({
    verdict: 'unknown',
    line: '12 450,00 hittades inte; 1 sida är inskannad utan text',
  })
  expect(said([lines('Något annat')], purchase, file)).toMatchObject({
    verdict: 'missing',
    line: '12 450,00 hittades inte',
  })
})
