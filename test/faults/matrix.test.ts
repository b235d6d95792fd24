import { describe, expect, test } from 'vitest'
import { endpoints } from '../../edge/fortnox/allow-list.ts'
import { type ErrorCode, errorCodes, toWireError } from '../../shared/errors.ts'
import { type Fault, type FaultKind, faultKinds } from '../fortnox/index.ts'
import { approvedBench } from './bench.ts'
import { calls, type Outcome } from './calls.ts'

type CallName = keyof typeof calls
type Group = 'json' | 'file' | 'sie' | 'renewal' | 'exchange' | 'exchangeCompany' | 'revocation'

/** What each kind of answer is to the client decides what becomes of a fault in it. */
function groupOf(name: CallName): Group {
  switch (name) {
    case 'sie':
    case 'renewal':
    case 'exchange':
    case 'exchangeCompany':
    case 'revocation':
      return name
    case 'archiveFile':
    case 'archiveByFileId':
    case 'inboxFile':
    case 'inboxByFileId':
    case 'customerInvoicePdf':
      return 'file'
    default:
      return 'json'
  }
}

type Expected = Outcome | Outcome[]
type Row = Record<Group, Expected>

/** `json` for all that answers with JSON and for SIE; the rest as told. Revocation never fails: it is best effort. */
function row(json: Expected, others: Partial<Row> = {}): Row {
  return {
    json,
    file: json,
    sie: json,
    renewal: json,
    exchange: json,
    exchangeCompany: json,
    revocation: 'right',
    ...others,
  }
}

const right = row('right')
/** Whatever is wrong with the authorization server's answer, it is out of reach. */
const server = {
  renewal: 'fortnox_unreachable',
  exchange: 'fortnox_unreachable',
  exchangeCompany: 'fortnox_unreachable',
} satisfies Partial<Row>
const unreachable = row('fortnox_unreachable')
const badAnswer = row('fortnox_bad_answer', server)
/** Bytes are passed on as they come: what breaks off in the middle is an error in the stream, and asked for again. */
const interrupted = { file: 'document_interrupted' } satisfies Partial<Row>
const incomplete = ['ledger_incomplete', 'sie_truncated']
const gone = row('consent_revoked', {
  exchange: 'fortnox_unreachable',
  exchangeCompany: 'fortnox_unreachable',
})
/** An authorization code is single use: when its answer was lost, it is used up. */
const lostCode = { exchange: 'consent_failed' } satisfies Partial<Row>

const table: Record<FaultKind, { once: Row; always: Row; fault?: Partial<Fault> }> = {
  'rate-limited': { once: right, always: row('fortnox_rate_limited', server) },
  status: { once: right, always: unreachable, fault: { status: 503 } },
  hang: { once: right, always: unreachable },
  reset: { once: right, always: unreachable },
  'lost-answer': { once: row('right', lostCode), always: unreachable },
  cut: {
    once: row('right', { ...interrupted, ...lostCode, sie: 'fortnox_unreachable' }),
    always: row('fortnox_unreachable', { ...interrupted }),
  },
  stall: {
    once: row('right', { ...interrupted, ...lostCode, sie: 'fortnox_unreachable' }),
    always: row('fortnox_unreachable', { ...interrupted }),
  },
  'slow-first-byte': { once: right, always: right, fault: { delayMs: 15_000 } },
  'slow-body': { once: right, always: right, fault: { chunkBytes: 4096, delayMs: 50 } },
  html: { once: right, always: badAnswer },
  'error-body': { once: right, always: badAnswer },
  empty: { once: right, always: badAnswer },
  'malformed-json': {
    once: row('right', { ...interrupted, ...lostCode, sie: incomplete }),
    always: row('fortnox_bad_answer', { ...server, ...interrupted, sie: incomplete }),
  },
  truncated: {
    once: row('right', { ...interrupted, ...lostCode, sie: incomplete }),
    always: row('fortnox_bad_answer', { ...server, ...interrupted, sie: incomplete }),
  },
  'web-page': { once: row('right', lostCode), always: row('fortnox_bad_answer', { ...server, ...lostCode }) },
  'repeat-page': { once: right, always: right },
  unauthorized: { once: right, always: unreachable },
  'token-dead': { once: row('right', { exchangeCompany: 'fortnox_unreachable' }), always: unreachable },
  'invalid-grant': {
    once: row('fortnox_bad_answer', {
      renewal: 'right',
      exchange: 'consent_failed',
      exchangeCompany: 'right',
    }),
    always: row('fortnox_bad_answer', {
      renewal: 'consent_revoked',
      exchange: 'consent_failed',
      exchangeCompany: 'fortnox_unreachable',
    }),
  },
  'consent-revoked': { once: gone, always: gone },
  'delete-voucher': {
    once: row(['right', 'ledger_incomplete'], { file: 'right', sie: 'ledger_incomplete' }),
    always: row(['right', 'ledger_incomplete'], { file: 'right', sie: 'ledger_incomplete' }),
  },
  'unlink-file': {
    once: row(['right', 'right at the next sync'], { file: 'right' }),
    always: row(['right', 'right at the next sync'], { file: 'right' }),
  },
}

test('every fault of the sandbox and every call of the client is in the table', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(faultKinds).sort())
  for (const endpoint of Object.keys(endpoints)) expect(Object.keys(calls)).toContain(endpoint)
})

test.each(Object.keys(calls) as CallName[])('undisturbed, %s is right', async (name) => {
  const call = calls[name]
  const bench = await approvedBench({ vouchers: 60, ...call.options })
  expect(await call.make(bench, await call.prepare?.(bench))).toBe('right')
})

describe.each(Object.keys(faultKinds) as FaultKind[])('%s', (kind) => {
  describe.each(['once', 'always'] as const)('%s', (often) => {
    test.each(Object.keys(calls) as CallName[])('in %s', async (name) => {
      const call = calls[name]
      const bench = await approvedBench({ vouchers: 60, ...call.options })
      const prepared = await call.prepare?.(bench)
      bench.sandbox.addFault({
        kind,
        path: call.path,
        ...(often === 'once' ? { times: 1 } : {}),
        ...table[kind].fault,
      })
      const outcome = await call.make(bench, prepared).catch((error) => {
        const { code } = toWireError(error)
        if (code === 'internal') throw error
        return code
      })
      expect(
        bench.sandbox.log.map(({ fault }) => fault),
        'the fault struck',
      ).toContain(kind)
      expect([table[kind][often][groupOf(name)]].flat()).toContain(outcome)
      if (!outcome.startsWith('right')) expect(errorCodes).toContain(outcome as ErrorCode)
      const { busiest, acting } = bench.sandbox.counts()
      expect(busiest).toBeLessThanOrEqual(25)
      expect(acting).toEqual({})
    })
  })
})
