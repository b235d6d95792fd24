import type { Page } from 'playwright-core'
import type { ShowRequest } from '../../extension/lib/protocol.ts'
import type { VoucherDetail } from '../../shared/contract/types.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { documentWindowText } from '../../shared/text/document-window.ts'
import { errorText } from '../../shared/text/errors.ts'
import { formatAmount } from '../../shared/text/format.ts'
import type { Language } from '../../shared/text/language.ts'
import { bookedInvoice, entryOf, type Invoice, textPdf } from '../bench/document/documents.ts'
import { company, type EdgeBooks, type EdgeDocument, voucher, year } from '../bench/document/edge.ts'
import { encryptedPdf } from '../hostile/raw-pdf.ts'
import { invoicePdf, scannedPdf } from './papers.ts'

/** A state of the document window. */
export interface State {
  /** The picture's name. */
  name: string
  request: ShowRequest
  /** Words that must be seen. */
  says: string[]
  /** `drawn`: a page; `words`: none; `waits`: neither yet. */
  shows: 'drawn' | 'words' | 'waits'
  /** What stands around it: no edge any more, or one where the year was never synced. */
  at?: 'edge_down' | 'never_synced'
}

const invoice: Invoice = {
  ...{ supplier: 'Byggvaror i Norr AB', number: '70412', date: '2026-03-01' },
  ...{ net: 996_000, vat: 249_000 },
}
const total = invoice.net + invoice.vat
/** Longer than anybody looks. */
const never = 60_000

/** All states, and the books of the edge that they need. */
export async function makeStates(
  page: Page,
  language: Language,
): Promise<{ books: EdgeBooks; states: State[] }> {
  const t = documentWindowText(language)
  const amount = formatAmount(total, language)
  const vouchers = new Map<string, VoucherDetail>()
  const documents = new Map<string, EdgeDocument>()
  const states: State[] = []
  const title = (code: ErrorCode) => errorText({ code, data: {} }, language).title
  let number = 100

  const show = (
    name: string,
    details: VoucherDetail[],
    rest: Omit<State, 'name' | 'request'>,
    mismatch = false,
  ) => {
    const keys = details.map((detail, i) => {
      const key = i === 0 ? `A:${number}` : `A:${number}:${i + 1}`
      vouchers.set(key, detail)
      return key
    })
    const request: ShowRequest = {
      ...{ company, year, keys, neighbours: [], mode: 'window' },
      mismatch: mismatch ? 'amount' : null,
    }
    states.push({ name, request, ...rest })
  }
  /** A voucher whose one document is `bytes`, or the error that the edge answers with. */
  const one = (document: EdgeDocument, part: Parameters<typeof entryOf>[2] = {}): VoucherDetail => {
    number++
    const id = `d${number}`
    documents.set(id, document)
    return bookedInvoice(String(number), invoice, [
      entryOf(id, invoice, { fileName: document.name, ...part }),
    ])
  }
  const refused = (name: string, code: ErrorCode, bytes: EdgeDocument['bytes'], file = 'faktura-70412.pdf') =>
    show(name, [one({ name: file, bytes })], { says: [title(code)], shows: 'words' })

  const pdf = await textPdf(invoice)
  const two = one({ name: 'faktura-70412.pdf', bytes: pdf })
  documents.set('note', {
    name: 'foljesedel.pdf',
    bytes: await invoicePdf(invoice.supplier, 'Följesedel 88120', [['Virke 45 x 95', '120 m']]),
  })
  const note = entryOf('note', invoice, {
    ...{ origin: 'bookkeeping', role: 'file', name: 'Följesedel 88120' },
    ...{ fileName: 'foljesedel.pdf', invoice: null },
  })
  show('has-documents', [{ ...two, documents: [...two.documents, note] }], {
    says: [t.finder.found(amount), 'Följesedel 88120'],
    shows: 'drawn',
  })
  number++
  show('has-none', [bookedInvoice(String(number), invoice, [])], { says: [t.none], shows: 'words' })
  number++
  show('not-synced-yet', [bookedInvoice(String(number), invoice, [])], {
    says: [t.noneNeverSynced],
    ...{ shows: 'words', at: 'never_synced' },
  })
  show('loading', [one({ name: 'faktura.pdf', bytes: pdf, holdMs: never })], {
    says: [t.account],
    shows: 'waits',
  })
  refused('no-permission', 'document_no_permission', 'document_no_permission')
  refused('gone-in-fortnox', 'document_gone', 'document_gone')
  refused('fortnox-down', 'fortnox_unreachable', 'fortnox_unreachable')
  refused('encrypted', 'document_encrypted', encryptedPdf('hemligt', 'BT /F 24 Tf 72 720 Td (Faktura) Tj ET'))
  const sheet = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(48_000, 1)])
  refused('cannot-be-shown', 'document_type_unsupported', sheet, 'resor-mars.xlsx')
  refused('large', 'document_too_large', Buffer.alloc(100_000_000, '%PDF-1.7 '), 'ritningar.pdf')
  const scan = await scannedPdf(page, invoice.supplier, [
    ['Fakturanummer', invoice.number],
    ['Virke, 96 st', '9 960,00'],
    ['Moms 25 %', '2 490,00'],
    ['Att betala', '12 450,00'],
  ])
  show('scanned-without-text', [one({ name: 'scan0042.pdf', bytes: scan })], {
    says: [t.finder.noText],
    shows: 'drawn',
  })
  const other = await textPdf({ ...invoice, net: 123_400, vat: 30_850 })
  show('amount-not-found', [one({ name: 'faktura-70412.pdf', bytes: other })], {
    says: [t.finder.notFound(amount)],
    shows: 'drawn',
  })
  states.push(await otherCurrency())
  states.push(await renderedInvoice())
  const first = one({ name: 'a.pdf', bytes: pdf })
  const bank = [
    ['6570', 'Bankkostnader', 15_000],
    ['1930', 'Företagskonto', -15_000],
  ] as const
  show('choices', [first, voucher(String(number), '2026-03-31', 'Bankavgifter mars', bank, [])], {
    says: [t.ambiguous(2)],
    shows: 'words',
  })
  show(
    'row-does-not-agree',
    [one({ name: 'faktura-70412.pdf', bytes: pdf })],
    { says: [t.mismatch.amount], shows: 'drawn' },
    true,
  )
  const cached = states[0]!
  states.push({ ...cached, name: 'edge-down-cached', says: [t.fromCache], at: 'edge_down' })
  show('edge-down', [one({ name: 'faktura.pdf', bytes: pdf })], {
    says: [title('edge_unreachable')],
    ...{ shows: 'words', at: 'edge_down' },
  })
  return { books: { vouchers, documents, documentsAt: Date.UTC(2026, 10, 24, 6, 5) }, states }

  /** A voucher of its own making, its one document `bytes`. */
  function alone(
    name: string,
    detail: (entry: string) => VoucherDetail,
    file: string,
    bytes: Uint8Array,
    says: string,
  ): State {
    number++
    documents.set(`d${number}`, { name: file, bytes })
    vouchers.set(`A:${number}`, detail(`d${number}`))
    const request: ShowRequest = {
      company,
      year,
      keys: [`A:${number}`],
      mismatch: null,
      neighbours: [],
      mode: 'window',
    }
    return { name, request, says: [says], shows: 'drawn' }
  }

  async function otherCurrency(): Promise<State> {
    const bytes = await invoicePdf('Werkzeug Nord GmbH', 'Rechnung 2026-118', [
      ['Rechnungsdatum', '01.03.2026'],
      ['Schrauben M8, 400 Stück', '12.450,00'],
      ['Gesamtbetrag EUR', '12.450,00'],
    ])
    const rows = [
      ['2440', 'Leverantörsskulder', -total],
      ['4515', 'Inköp av varor från annat EU-land', total],
    ] as const
    const file = 'rechnung-118.pdf'
    const detail = (id: string) =>
      voucher(String(number), '2026-03-01', 'Werkzeug Nord GmbH', rows, [
        entryOf(id, invoice, {
          ...{ origin: 'bookkeeping', role: 'file', invoice: null },
          ...{ name: 'Rechnung 2026-118', fileName: file },
        }),
      ])
    return alone('another-currency', detail, file, bytes, t.finder.otherCurrency(amount, 'EUR'))
  }

  async function renderedInvoice(): Promise<State> {
    const kronor = (oere: number) => formatAmount(oere, 'sv').replaceAll('\u00a0', ' ')
    const bytes = await invoicePdf('Exempel Bygg AB', 'Faktura 1207', [
      ['Kund', 'Brf Tallbacken'],
      ['Fakturadatum', invoice.date],
      ['Arbete enligt offert', kronor(invoice.net)],
      ['Moms 25 %', kronor(invoice.vat)],
      ['Att betala', kronor(total)],
    ])
    const rows = [
      ['1510', 'Kundfordringar', total],
      ['2611', 'Utgående moms', -invoice.vat],
      ['3041', 'Försäljning tjänster', -invoice.net],
    ] as const
    const detail = (id: string) => {
      const entry = entryOf(id, invoice)
      return voucher(String(number), invoice.date, 'Kundfaktura Brf Tallbacken (1207)', rows, [
        {
          ...entry,
          ...{ origin: 'customer', rendered: true, fileName: null, name: 'Brf Tallbacken 1207' },
          invoice: {
            ...entry.invoice!,
            number: '1207',
            externalNumber: null,
            counterparty: 'Brf Tallbacken',
          },
        },
      ])
    }
    return alone('rendered-by-fortnox', detail, 'Kundfaktura 1207.pdf', bytes, t.rendered)
  }
}
