import type { Clock } from '../../shared/clock.ts'
import type {
  AnswerOf,
  BodyOf,
  CallName,
  calls,
  ParamsOf,
  ParsedQueryOf,
} from '../../shared/contract/index.ts'
import type { Access, Caller } from '../access/access.ts'
import type { Env } from '../env.ts'
import type { Ledger, ReadInOptions } from '../ledger/types.ts'

type Calls = typeof calls

/** What every handler is given. Its integration comes from `access` alone. */
export interface Asked<N extends CallName> {
  env: Env
  clock: Clock
  caller: Caller
  access: Access
  ledger: (binding: 'LEDGER') => Ledger
  request: Request
  params: ParamsOf<Calls[N]>
  query: ParsedQueryOf<Calls[N]>
  body: BodyOf<Calls[N]>
  /** The request's body as the ledger reads it in. */
  upload: () => Pick<ReadInOptions, 'bytes' | 'gzip' | 'limit'>
}

/** A handler answers with the call's type, or with a response of its own where the call answers bytes. */
export type Handler<N extends CallName> = (
  asked: Asked<N>,
) => Promise<(Calls[N]['answer'] extends 'bytes' ? never : AnswerOf<Calls[N]>) | Response>

export type Handlers = { [N in CallName]: Handler<N> }
