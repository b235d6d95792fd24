import type { GenericSchema, InferInput, InferOutput } from 'valibot'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * One call between extension and edge. `path` has `:name` parameters; `params`, `query` and `body` say what the edge
 * accepts (it validates them), `Answer` is what it returns.
 *
 * - `json`: the answer is JSON of type `Answer`.
 * - `bytes`: the answer is a byte stream with a content type.
 *
 * Every call carries `Authorization: Bearer`; an error is `{ error: WireError }` with the status of `statusOf`.
 */
export interface Call<
  Params extends GenericSchema = GenericSchema,
  Query extends GenericSchema = GenericSchema,
  Body extends GenericSchema = GenericSchema,
  Answer = unknown,
> {
  readonly method: Method
  readonly path: string
  readonly params: Params
  readonly query: Query
  /** `null`: no body, or (with `upload`) raw bytes. */
  readonly body: Body | null
  /** The request's body is a byte stream, gzip or plain (`Content-Encoding`). */
  readonly upload: boolean
  readonly answer: 'json' | 'bytes'
  /** Type only. */
  readonly _answer?: Answer
}

export type ParamsOf<C> =
  C extends Call<infer P, GenericSchema, GenericSchema, unknown> ? InferInput<P> : never
export type QueryOf<C> =
  C extends Call<GenericSchema, infer Q, GenericSchema, unknown> ? InferInput<Q> : never
export type BodyOf<C> = C extends Call<GenericSchema, GenericSchema, infer B, unknown> ? InferInput<B> : never
export type ParsedQueryOf<C> =
  C extends Call<GenericSchema, infer Q, GenericSchema, unknown> ? InferOutput<Q> : never
export type AnswerOf<C> = C extends Call<GenericSchema, GenericSchema, GenericSchema, infer A> ? A : never
