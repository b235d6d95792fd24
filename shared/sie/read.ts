import type { SieDiagnostic } from './diagnostics.ts'
import { SieParser } from './parser.ts'
import { PIECE } from './pieces.ts'
import type { SieHandlers, SieLedger, SieReadOptions, SieRecord, SieSummary, SieVoucher } from './types.ts'

/**
 * Where a SIE file can come from.
 *
 * @example
 * const source: SieSource = request.body ?? new Uint8Array()
 */
export type SieSource = Uint8Array | ReadableStream<Uint8Array> | Blob

/**
 * Reads a SIE file in chunks, wherever they are cut, and calls back per voucher and record in file order; memory does not
 * grow with the file. What is wrong with the file comes as diagnostics, never as an exception; only the source or a
 * handler can make it reject. When the summary's `ok` is false, nothing of the file may be used.
 *
 * @example
 * const summary = await readSie(request.body, {
 *   voucher: (voucher) => batch.push(voucher),
 *   record: (record) => records.push(record),
 *   diagnostic: (finding) => findings.push(finding),
 *   drain: () => store(batch.splice(0)),
 * })
 */
export async function readSie(
  source: SieSource,
  handlers: SieHandlers,
  options: SieReadOptions = {},
): Promise<SieSummary> {
  const parser = new SieParser(handlers, options)
  if (source instanceof Uint8Array) await pushPieces(parser, source, handlers)
  else {
    const reader = (source instanceof ReadableStream ? source : source.stream()).getReader()
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        await pushPieces(parser, value, handlers)
        if (parser.stopped) {
          await reader.cancel()
          break
        }
      }
    } catch (error) {
      await reader.cancel(error).catch(() => {})
      throw error
    } finally {
      reader.releaseLock()
    }
  }
  const summary = parser.end()
  await handlers.drain?.()
  return summary
}

async function pushPieces(parser: SieParser, chunk: Uint8Array, handlers: SieHandlers): Promise<void> {
  for (let from = 0; from < chunk.length && !parser.stopped; from += PIECE) {
    parser.push(chunk.subarray(from, from + PIECE))
    const drained = handlers.drain?.()
    if (drained) await drained
  }
}

/**
 * Reads a whole SIE file into memory. An error among the diagnostics (`summary.ok` false) means that the vouchers and
 * records end where it was found and must not be used.
 *
 * @example
 * const { summary, vouchers } = await parseSie(new Uint8Array(await file.arrayBuffer()))
 */
export async function parseSie(source: SieSource, options: SieReadOptions = {}): Promise<SieLedger> {
  const collected = collector()
  const summary = await readSie(source, collected.handlers, options)
  return { summary, ...collected.parts }
}

/**
 * The same at once, for bytes that are in memory already.
 *
 * @example
 * const { summary } = parseSieBytes(bytes)
 */
export function parseSieBytes(bytes: Uint8Array, options: SieReadOptions = {}): SieLedger {
  const collected = collector()
  const parser = new SieParser(collected.handlers, options)
  parser.push(bytes)
  const summary = parser.end()
  return { summary, ...collected.parts }
}

function collector() {
  const records: SieRecord[] = []
  const vouchers: SieVoucher[] = []
  const diagnostics: SieDiagnostic[] = []
  const handlers: SieHandlers = {
    record: (record) => void records.push(record),
    voucher: (voucher) => void vouchers.push(voucher),
    diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
  }
  return { handlers, parts: { records, vouchers, diagnostics } }
}
