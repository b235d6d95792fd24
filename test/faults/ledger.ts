import { documentSource } from '../../edge/fortnox/assemble.ts'
import type { Fortnox, FortnoxYear } from '../../edge/fortnox/types.ts'
import type { MissingPart } from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import type { DocumentEntry, VoucherDocuments } from '../../shared/ledger/types.ts'
import { parseSie } from '../../shared/sie/index.ts'
import type { Truth } from '../fortnox/index.ts'

/** What a sync leaves behind: as in the edge's ledger, all of it or nothing. */
export interface Kept {
  year: FortnoxYear
  /** `date|account amount|…` by `series number`. */
  vouchers: Map<string, string>
  documents: VoucherDocuments[]
  missing: MissingPart[]
}

/** One year from Fortnox. Throws before anything is given back: whoever calls keeps the old one then. */
export async function readYear(fortnox: Fortnox, id: number): Promise<Kept> {
  const year = (await fortnox.years()).find((one) => one.id === id)
  if (!year) throw new UnderlagError('fortnox_year_missing')
  const { vouchers: total, documents, missing } = await fortnox.documents(year)
  const { summary, vouchers } = await parseSie(await fortnox.sie(id))
  if (!summary.ok) throw new UnderlagError('sie_truncated')
  if (vouchers.length !== total) {
    throw new UnderlagError('ledger_incomplete', { expected: total, actual: vouchers.length })
  }
  const kept = new Map<string, string>()
  for (const voucher of vouchers) {
    const rows = voucher.rows.filter(({ kind }) => kind === 'TRANS')
    const date = voucher.date.replace(/(....)(..)(..)/, '$1-$2-$3')
    kept.set(
      `${voucher.series} ${voucher.number}`,
      written(
        date,
        rows.map(({ account, amount }) => ({ account: Number(account), amount })),
      ),
    )
  }
  return { year, vouchers: kept, documents, missing }
}

function written(date: string, rows: { account: number; amount: number }[]): string {
  return [date, ...rows.map(({ account, amount }) => `${account} ${amount}`)].join('|')
}

/** A document's identity in the sandbox's words. */
export function identityOf({ id }: DocumentEntry): string {
  const source = documentSource(id)
  if (!source) return `unknown ${id}`
  return source.kind === 'invoice' ? `rendered ${source.number}` : `${source.kind} ${source.fileId}`
}

/**
 * What differs between a kept year and the sandbox's books, in words; empty when nothing does. A document linked to an
 * invoice and to the voucher must be told as the invoice's.
 *
 * @param leave documents that this setting or licence puts out of reach
 */
export function differences(
  kept: Kept,
  truth: Truth,
  leave: (document: Truth['years'][number]['vouchers'][number]['documents'][number]) => boolean = () => false,
): string[] {
  const year = truth.years.find(({ id }) => id === kept.year.id)
  if (!year) return [`no year ${kept.year.id} in the books`]
  const found: string[] = []
  const documents = new Map(kept.documents.map((one) => [`${one.series} ${one.number}`, one.documents]))
  for (const voucher of year.vouchers) {
    const key = `${voucher.series} ${voucher.number}`
    const is = kept.vouchers.get(key)
    const should = written(voucher.date, voucher.rows)
    if (is !== should) found.push(`voucher ${key}: ${is ?? 'absent'}, should be ${should}`)
    const has = documents.get(key) ?? []
    const wanted = new Map(
      voucher.documents
        .filter((document) => !leave(document))
        .map((document) => [
          document.kind === 'rendered'
            ? `rendered ${document.invoice}`
            : `${document.kind} ${document.fileId}`,
          document,
        ]),
    )
    const names = has.map(identityOf)
    if (new Set(names).size < names.length) found.push(`voucher ${key}: a document twice: ${names}`)
    for (const name of wanted.keys()) {
      if (!names.includes(name)) found.push(`voucher ${key} (${voucher.referenceType}): lacks ${name}`)
    }
    for (const document of has) {
      const name = identityOf(document)
      const origins = wanted.get(name)?.origins
      if (!origins)
        found.push(`voucher ${key} (${voucher.referenceType}): has ${name}, which is none of its own`)
      else if (!origins.includes(document.origin))
        found.push(`voucher ${key}: ${name} is not ${document.origin}`)
      if (document.name.trim() === '') found.push(`voucher ${key}: ${name} has no name`)
    }
    documents.delete(key)
  }
  const real = new Set(year.vouchers.map(({ series, number }) => `${series} ${number}`))
  for (const key of kept.vouchers.keys()) if (!real.has(key)) found.push(`voucher ${key}: not in the books`)
  for (const key of documents.keys()) found.push(`documents of ${key}, which is not in the books`)
  return found
}
