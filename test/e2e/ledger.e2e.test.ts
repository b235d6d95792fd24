import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EdgeClient } from '../../shared/contract/client.ts'
import type { VoucherDetail, YearState } from '../../shared/contract/types.ts'
import { voucherKey } from '../../shared/ledger/keys.ts'
import { activate, ended, signInMember } from '../stack/member.ts'
import { type Stack, startStack } from '../stack/stack.ts'
import { corpusFile, hasCorpus } from './corpus.ts'

/** Ledgers from Fortnox and from files, on real books, over HTTP against the real worker. */
describe.skipIf(!hasCorpus)('a ledger', () => {
  const books = hasCorpus ? corpusFile('fortnox-2-type4.se') : { name: '', bytes: new Uint8Array() }
  const year = '2010-01-01_2010-12-31'
  let stack: Stack
  let anna: EdgeClient
  /** Approved in Fortnox. */
  let connected: string

  beforeAll(async () => {
    stack = await startStack({ browser: null, analysis: false, sandbox: { books: [books] } })
    anna = (await signInMember(stack, 'anna')).client
    const { tenant, name, organisationNumber } = stack.sandbox.sandbox.companies[0]!
    connected = organisationNumber.replace('-', '')
    const user = stack.sandbox.sandbox.users.find(({ companies }) =>
      companies.some((one) => one.admin && one.tenant === tenant),
    )!
    await activate(stack, anna, { organisationNumber: connected, name, tenant, user: user.login })
  })
  afterAll(() => stack?.stop())

  const params = (company: string, of = year) => ({ company, year: of })
  const upload = (company: string, bytes: Uint8Array<ArrayBuffer>, of = year, name = 'bok.se') =>
    anna.json('uploadSie', {
      params: params(company, of),
      query: { name },
      bytes: gzipSync(bytes),
      gzip: true,
    })
  const confirm = (company: string, id: string, of = year) =>
    anna.json('confirmUpload', { params: { ...params(company, of), upload: id } })
  const state = (company: string, of = year): Promise<YearState> =>
    anna.json('year', { params: params(company, of) })
  async function sync(ledger: 'fetch' | 'keep', of = { from: '2010-01-01', to: '2010-12-31' }) {
    const [started] = await anna.json('startSync', {
      params: { company: connected },
      body: { years: [{ ...of, ledger }] },
    })
    expect(started!.error).toBeNull()
    return ended(anna, connected, started!.sync!.id)
  }
  async function all(company: string): Promise<VoucherDetail['voucher'][]> {
    const index = await anna.json('yearIndex', { params: params(company) })
    const keys = index!.lines.map(([series, number, occurrence]) =>
      voucherKey({ series, number, occurrence }),
    )
    const details = []
    for (const voucher of keys)
      details.push(await anna.json('voucher', { params: { ...params(company), voucher } }))
    return details.map(({ voucher }) => voucher)
  }
  async function newCompany(number: string): Promise<string> {
    await anna.json('confirmCompany', { params: { company: number }, body: { name: `Bolaget ${number}` } })
    return number
  }

  it('from Fortnox equals, voucher by voucher, the same file read in by hand', async () => {
    const run = await sync('fetch')
    expect(run).toMatchObject({ state: 'done', error: null })
    const byHand = await newCompany('5560360793')
    const held = await upload(byHand, books.bytes)
    // The file has no organisation number: whether it is this company's is a question.
    expect(held.state).toBe('held')
    expect(held.findings.map(({ severity }) => severity)).toContain('question')
    expect((await state(byHand)).source).toBeNull()
    expect((await confirm(byHand, held.upload)).state).toBe('read_in')
    const [fromFortnox, fromFile] = [await all(connected), await all(byHand)]
    expect(fromFortnox).toHaveLength(194)
    expect(fromFile).toEqual(fromFortnox)
  })

  it('that is there already is left as it is', async () => {
    const before = await state(connected)
    expect((await sync('fetch')).changed).toEqual({ vouchers: 0, documents: 0 })
    expect((await state(connected)).counts).toEqual(before.counts)
  })

  it('keeps a file’s ledger when the answer is no, and takes Fortnox’ when it is yes', async () => {
    const held = await upload(connected, books.bytes, year, 'egen.se')
    if (held.state === 'held') await confirm(connected, held.upload)
    expect(await state(connected)).toMatchObject({
      source: 'sie',
      file: { name: 'egen.se', by: 'Anna Lind' },
    })
    await sync('keep')
    const kept = await state(connected)
    expect(kept.source).toBe('sie')
    expect(kept.counts.documents).toBeGreaterThan(0)
    await sync('fetch')
    expect(await state(connected)).toMatchObject({ source: 'fortnox', file: null })
  })

  it('of a year that was only uploaded shows Fortnox’ documents', async () => {
    const held = await upload(connected, books.bytes)
    if (held.state === 'held') await confirm(connected, held.upload)
    await sync('keep')
    const page = await anna.json('vouchers', { params: params(connected), query: { documents: 'with' } })
    const [voucher] = page.vouchers
    const detail = await anna.json('voucher', {
      params: { ...params(connected), voucher: voucherKey(voucher!) },
    })
    expect(detail.documents).not.toHaveLength(0)
    expect(detail.differs).toBe(false)
    const answer = await anna.bytes('document', {
      params: { ...params(connected), document: detail.documents[0]!.id },
    })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(500)
  })

  it('that Fortnox lacks is said to be missing', async () => {
    const run = await sync('fetch', { from: '1999-01-01', to: '1999-12-31' })
    expect(run).toMatchObject({ state: 'failed', error: { code: 'fortnox_year_missing' } })
  })

  describe('is left as it was by', () => {
    let company: string
    let before: YearState
    beforeAll(async () => {
      company = await newCompany('5560125790')
      const held = await upload(company, books.bytes)
      await confirm(company, held.upload)
      before = await state(company)
    })
    afterAll(async () => {
      expect(await state(company)).toEqual(before)
    })

    it.each([
      ['what is no SIE file', () => corpusFile('not-a-sie-file.se').bytes, 'sie_not_sie'],
      ['a SIE type without vouchers', () => corpusFile('fortnox-2-type1.se').bytes, 'sie_without_vouchers'],
      ['another company’s file', () => corpusFile('briljant-type4.se').bytes, 'sie_other_company'],
      ['a file cut in the middle of a voucher', () => cut(books.bytes), 'sie_truncated'],
      ['an empty file', () => new Uint8Array(), 'sie_not_sie'],
    ] as const)('%s', async (_, bytes, code) => {
      await expect(upload(company, bytes())).rejects.toMatchObject({ code })
    })

    it('a file of another fiscal year', async () => {
      await expect(upload(company, books.bytes, '2011-01-01_2011-12-31')).rejects.toMatchObject({
        code: 'sie_other_year',
      })
    })

    it('broken gzip', async () => {
      const bytes = gzipSync(books.bytes).subarray(0, 2000)
      const broken = anna.json('uploadSie', {
        params: params(company),
        query: { name: 'x.se' },
        bytes,
        gzip: true,
      })
      await expect(broken).rejects.toMatchObject({ code: 'sie_truncated' })
    })

    it('an upload that is thought better of', async () => {
      const unbalanced = corpusFile('avendo-type4-bad-balance.se').bytes
      const other = await newCompany('5555555555')
      const held = await upload(other, unbalanced, '2011-01-01_2011-12-31')
      expect(held.state).toBe('held')
      expect(held.findings.filter(({ severity }) => severity === 'question')).not.toHaveLength(0)
      await anna.json('discardUpload', {
        params: { company: other, year: '2011-01-01_2011-12-31', upload: held.upload },
      })
      await expect(confirm(other, held.upload, '2011-01-01_2011-12-31')).rejects.toMatchObject({
        code: 'upload_unknown',
      })
    })
  })

  it('with an unbalanced voucher is a question, and a finding once answered', async () => {
    const company = await newCompany('5555555555')
    const of = '2011-01-01_2011-12-31'
    const held = await upload(company, corpusFile('avendo-type4-bad-balance.se').bytes, of)
    expect((await confirm(company, held.upload, of)).state).toBe('read_in')
    expect((await state(company, of)).findings.map(({ code }) => code)).toContain(
      held.findings.find(({ severity }) => severity === 'question')!.code,
    )
  })

  it('comes back as a SIE-4 file with the same vouchers', async () => {
    const answer = await anna.bytes('ledgerSie', { params: params(connected) })
    const again = await newCompany('5590000005')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const held = await upload(again, bytes)
    if (held.state === 'held') await confirm(again, held.upload)
    expect(await all(again)).toEqual(await all(connected))
  })
})

/** The file without its last fifth, ending inside a voucher's rows. */
function cut(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(bytes).toString('latin1')
  return new Uint8Array(
    Buffer.from(text.slice(0, text.indexOf('#TRANS', Math.floor(text.length * 0.8)) + 9), 'latin1'),
  )
}
