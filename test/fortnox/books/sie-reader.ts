/**
 * The sandbox's own small reader of SIE-4E files. It shares nothing with the product's reader, so that a comparison
 * of the two proves something. It reads what the sandbox's books need and passes over the rest.
 */

import { toDate } from '../dates.ts'
import { decodeSie } from './cp437.ts'

export interface SieRow {
  kind: 'TRANS' | 'RTRANS' | 'BTRANS'
  account: number
  /** Öre. */
  amount: number
  text: string
  /** Object by dimension: `1` cost centre, `6` project. */
  objects: Map<string, string>
}

export interface SieVoucher {
  series: string
  number: string
  date: string
  text: string
  rows: SieRow[]
}

export interface SieBooks {
  program: string
  companyName: string
  /** As the file has it; `''` when absent. */
  organisationNumber: string
  /** `#FNR`, `''` when absent. */
  companyId: string
  address: string[]
  /** `#RAR` by year number. */
  years: Map<number, { from: string; to: string }>
  accounts: Map<number, { name: string; sru: number | null }>
  /** Objects of dimension 1 and 6. */
  costCenters: Map<string, string>
  projects: Map<string, string>
  /** Öre by account. */
  opening: Map<number, number>
  vouchers: SieVoucher[]
}

/** A file that cannot be a company's books; the message says why and what to use instead. */
export class BooksError extends Error {
  override name = 'BooksError'
}

/**
 * One record as its fields; `{…}` is one field that keeps its own fields. `\"` is a quote everywhere; `\\` is one
 * backslash only in Fortnox' files, elsewhere backslashes stand for themselves.
 */
function fieldsOf(line: string, doubled: boolean): (string | string[])[] {
  const fields: (string | string[])[] = []
  let list: string[] | null = null
  let at = 0
  while (at < line.length) {
    const character = line[at]
    if (character === ' ' || character === '\t' || character === '\r') {
      at++
    } else if (character === '{') {
      list = []
      at++
    } else if (character === '}') {
      if (list !== null) fields.push(list)
      list = null
      at++
    } else {
      let text = ''
      if (character === '"') {
        at++
        while (at < line.length && line[at] !== '"') {
          if (line[at] === '\\' && (line[at + 1] === '"' || (doubled && line[at + 1] === '\\'))) at++
          text += line[at++]
        }
        at++
      } else {
        while (at < line.length && !' \t\r{}'.includes(line[at] ?? '')) text += line[at++]
      }
      ;(list ?? fields).push(text)
    }
  }
  return fields
}

/** An amount in öre; NaN when it is none. */
function oreOf(text: string): number {
  const match = /^(-?)(\d+)(?:\.(\d{1,2})\d*)?$/.exec(text)
  if (match === null) return Number.NaN
  const ore = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' && ore !== 0 ? -ore : ore
}

/**
 * Reads a SIE-4E file.
 * @param name the file's name, for messages
 * @throws {BooksError} for anything but SIE type 4 with a fiscal year (the types 1 to 3 have no vouchers, and a 4I file
 *   is vouchers on their way into books, no books)
 */
export function readSieBooks(bytes: Uint8Array, name: string): SieBooks {
  const text = decodeSie(bytes)
  const books: SieBooks = {
    program: '',
    companyName: '',
    organisationNumber: '',
    companyId: '',
    address: [],
    years: new Map(),
    accounts: new Map(),
    costCenters: new Map(),
    projects: new Map(),
    opening: new Map(),
    vouchers: [],
  }
  let type = ''
  let flag = false
  let voucher: SieVoucher | null = null
  let balances = false

  for (const line of text.split('\n')) {
    const start = line.trimStart()
    if (start.startsWith('}')) voucher = null
    if (!start.startsWith('#')) continue
    const fields = fieldsOf(start, /^fortnox/i.test(books.program))
    const label = String(fields[0]).toUpperCase()
    const field = (index: number): string => {
      const value = fields[index]
      return typeof value === 'string' ? value : ''
    }
    switch (label) {
      case '#FLAGGA':
        flag = true
        break
      case '#SIETYP':
        type = field(1)
        break
      case '#PROGRAM':
        books.program = field(1)
        break
      case '#FNAMN':
        books.companyName = field(1)
        break
      case '#ORGNR':
        books.organisationNumber = field(1).trim()
        break
      case '#FNR':
        books.companyId = field(1)
        break
      case '#ADRESS':
        books.address = fields.slice(1).map(String)
        break
      case '#RAR': {
        const from = toDate(field(2))
        const to = toDate(field(3))
        if (from !== null && to !== null) books.years.set(Number(field(1)), { from, to })
        break
      }
      case '#KONTO': {
        const number = Number(field(1))
        if (Number.isInteger(number)) books.accounts.set(number, { name: field(2), sru: null })
        break
      }
      case '#SRU': {
        const account = books.accounts.get(Number(field(1)))
        if (account !== undefined) account.sru ??= Number(field(2)) || null
        break
      }
      case '#OBJEKT':
        if (field(1) === '1') books.costCenters.set(field(2), field(3))
        if (field(1) === '6') books.projects.set(field(2), field(3))
        break
      case '#IB':
        balances = true
        if (field(1) === '0') books.opening.set(Number(field(2)), oreOf(field(3)))
        break
      case '#UB':
      case '#RES':
        balances = true
        break
      case '#VER': {
        const date = toDate(field(3))
        if (date === null)
          throw new BooksError(`${name}: a voucher without a date (${start.trim().slice(0, 60)})`)
        voucher = { series: field(1), number: field(2), date, text: field(4), rows: [] }
        books.vouchers.push(voucher)
        break
      }
      case '#TRANS':
      case '#RTRANS':
      case '#BTRANS':
        if (voucher !== null) {
          // The object list is one field; files that leave it out have the amount in its place.
          const objects = Array.isArray(fields[2]) ? fields[2] : []
          const next = Array.isArray(fields[2]) ? 3 : 2
          const amount = oreOf(field(next))
          if (Number.isNaN(amount))
            throw new BooksError(`${name}: an amount that is none (${start.trim().slice(0, 60)})`)
          voucher.rows.push({
            kind: label.slice(1) as SieRow['kind'],
            account: Number(field(1)),
            amount,
            text: field(next + 2),
            objects: new Map(
              Array.from({ length: objects.length >> 1 }, (_, i) => [
                objects[2 * i] ?? '',
                objects[2 * i + 1] ?? '',
              ]),
            ),
          })
        }
        break
    }
  }

  if (!flag) throw new BooksError(`${name} is no SIE file: there is no #FLAGGA record`)
  if (type !== '4') {
    throw new BooksError(
      `${name} is a SIE type ${type || '1'} file, which has no vouchers. Books need a SIE-4E file (#SIETYP 4, .se).`,
    )
  }
  if (!books.years.has(0) || (!balances && books.accounts.size === 0) || /\.si$/i.test(name)) {
    throw new BooksError(
      `${name} is a SIE-4I file: vouchers to be imported, not a company's books. Books need a SIE-4E file (.se).`,
    )
  }
  return books
}
