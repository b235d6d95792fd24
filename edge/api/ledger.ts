import type { UploadResult } from '../../shared/contract/types.ts'
import { UnderlagError } from '../../shared/errors.ts'
import { differsFromFortnox } from '../../shared/ledger/differs.ts'
import { parseFiscalYearId, parseVoucherKey } from '../../shared/ledger/keys.ts'
import type { ReadInResult } from '../ledger/types.ts'
import type { Asked, Handlers } from './handler.ts'
import { emptyBooks, yearState } from './states.ts'

type Names =
  | 'uploadSie'
  | 'confirmUpload'
  | 'discardUpload'
  | 'ledgerSie'
  | 'year'
  | 'yearIndex'
  | 'vouchers'
  | 'voucher'
  | 'accountRows'
  | 'balances'

/** The year that a call names: its integration through access, its ledger, its key. */
async function booksOf({
  caller,
  access,
  ledger,
  params,
}: Pick<Asked<'year'>, 'caller' | 'access' | 'ledger' | 'params'>) {
  if (!parseFiscalYearId(params.year)) throw new UnderlagError('bad_request')
  const integration = await access.integration(caller, params.company)
  return {
    integration,
    ledger: ledger(integration.ledger),
    key: { integration: integration.id, year: params.year },
  }
}

function uploadResult(year: string, { state, upload, counts, findings }: ReadInResult): UploadResult {
  return { state, upload, year, counts, findings }
}

/** A year's ledger: SIE in and out, vouchers, rows, balances. */
export const ledgerHandlers: Pick<Handlers, Names> = {
  async uploadSie(asked) {
    const { integration, ledger, key } = await booksOf(asked)
    return uploadResult(
      key.year,
      await ledger.readIn(key, {
        source: 'sie',
        ...asked.upload(),
        file: { name: asked.query.name, by: asked.caller.member.name },
        organisationNumber: integration.company,
        questions: 'ask',
      }),
    )
  },

  async confirmUpload(asked) {
    const { ledger, key } = await booksOf(asked)
    return uploadResult(key.year, await ledger.confirm(key, asked.params.upload))
  },

  async discardUpload(asked) {
    const { ledger, key } = await booksOf(asked)
    await ledger.discard(key, asked.params.upload)
    return null
  },

  async ledgerSie(asked) {
    const { integration, ledger, key } = await booksOf(asked)
    return new Response(await ledger.sie(key), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${integration.company}_${key.year}.se"`,
      },
    })
  },

  async year(asked) {
    const { ledger, key } = await booksOf(asked)
    const [books, syncs] = await Promise.all([ledger.year(key), ledger.syncs(key.integration)])
    return yearState(books ?? emptyBooks(key), syncs.find(({ year }) => year === key.year) ?? null)
  },

  async yearIndex(asked) {
    const { ledger, key } = await booksOf(asked)
    const version = asked.query.version
    if (version !== undefined && (await ledger.year(key))?.version === version) {
      return new Response(null, { status: 304 })
    }
    return ledger.index(key)
  },

  async vouchers(asked) {
    const { ledger, key } = await booksOf(asked)
    return ledger.vouchers(key, asked.query)
  },

  async voucher(asked) {
    const { ledger, key } = await booksOf(asked)
    const id = parseVoucherKey(asked.params.voucher)
    if (!id) throw new UnderlagError('bad_request')
    const [books, voucher, documents] = await Promise.all([
      ledger.year(key),
      ledger.voucher(key, asked.params.voucher),
      ledger.documents(key, id.series, id.number),
    ])
    if (!voucher && !documents) throw new UnderlagError('not_found')
    return {
      voucher,
      fortnox: documents?.fortnox ?? null,
      documents: documents?.documents ?? [],
      documentsAt: books?.documentsAt ?? null,
      differs:
        books?.source === 'sie' &&
        voucher !== null &&
        documents !== null &&
        differsFromFortnox(voucher, documents.fortnox),
    }
  },

  async accountRows(asked) {
    const { ledger, key } = await booksOf(asked)
    return ledger.accountRows(key, asked.params.account)
  },

  async balances(asked) {
    const { ledger, key } = await booksOf(asked)
    return ledger.balances(key)
  },
}
