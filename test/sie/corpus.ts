import { existsSync, readFileSync } from 'node:fs'

/** The corpus of real files stands beside the repository; it is read from there and never copied. */
const folder = new URL('../../../shared/sie/', import.meta.url)

/** One entry of expected.json. */
export interface Expected {
  file: string
  sietyp: string | null
  program: string | null
  encoding: string
  vouchers: number
  transRowsAllKinds: number
  rtrans: number
  btrans: number
  unbalancedVouchers: number
  sumDebitTRANS: string
  accounts: number
  ksumma: string | null
}

/** Whether the corpus is there. Says so, where it is not. */
export function corpusExists(): boolean {
  const exists = existsSync(new URL('expected.json', folder))
  if (!exists)
    console.warn('The SIE corpus (../shared/sie beside this repository) is absent: its tests are left out.')
  return exists
}

/** What an independent reader counted in each file. */
export function expectations(): (Expected & Record<string, unknown>)[] {
  return JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))
}

export function corpusPath(file: string): URL {
  return new URL(`corpus/${file}`, folder)
}

export function corpusFile(file: string): Uint8Array {
  return new Uint8Array(readFileSync(corpusPath(file)))
}
