/**
 * Bodies on their way out: one piece for each one taken, so that a reader that stalls stalls the sandbox; every byte
 * counted; ended by the receiver, by its signal, or by a fault.
 */

import { type Answer, chunkSize, sourceOf } from './answer.ts'
import type { SandboxClock } from './clock.ts'
import type { Fault } from './faults.ts'
import type { RequestRecord, Traffic } from './traffic.ts'

/** A connection that was cut, as fetch reports one. */
export class ConnectionLost extends TypeError {
  override name = 'ConnectionLost'
}

function* repiece(chunks: Iterable<Uint8Array>, size: number): Generator<Uint8Array, void> {
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size)
  }
}

/** Where in the body the fault strikes; null for none. */
function limitOf(fault: Fault | null, length: number | null): number | null {
  if (fault === null || !['cut', 'truncated', 'malformed-json', 'stall'].includes(fault.kind)) return null
  const middle = length === null ? 2000 : Math.floor(length / 2)
  return Math.min(
    fault.afterBytes ?? middle,
    length === null ? Number.POSITIVE_INFINITY : Math.max(0, length - 1),
  )
}

/** Never settles, except by the signal. */
export function forever(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

export interface Sending {
  record: RequestRecord
  traffic: Traffic
  clock: SandboxClock
  signal: AbortSignal
  fault: Fault | null
}

/** The answer's body as what a `Response` takes. */
export function bodyOf(
  answer: Answer,
  sending: Sending,
): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null {
  const { record, traffic, clock, signal, fault } = sending
  const source = sourceOf(answer.body)
  const limit = limitOf(fault, source.length)
  const slow = fault?.kind === 'slow-body'
  if (limit === null && !slow && source.length !== null && source.length <= chunkSize) {
    const bytes = new Uint8Array(source.length)
    let at = 0
    for (const chunk of source.chunks()) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    record.sent = bytes.length
    traffic.end(record, 'complete')
    return bytes.length === 0 ? null : bytes
  }

  const pieces = repiece(source.chunks(), slow ? (fault.chunkBytes ?? 1024) : chunkSize)
  let onAbort = () => {}
  const finish = (end: RequestRecord['end']) => {
    signal.removeEventListener('abort', onAbort)
    traffic.end(record, end)
    pieces.return()
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          finish('aborted')
          controller.error(signal.reason)
        }
        if (signal.aborted) onAbort()
        else signal.addEventListener('abort', onAbort, { once: true })
      },
      async pull(controller) {
        if (slow) {
          // An aborted sleep is reported by onAbort.
          await clock.sleep(fault.delayMs ?? 100, signal).catch(() => {})
          if (signal.aborted) return
        }
        const next = pieces.next()
        if (next.done) {
          finish('complete')
          controller.close()
          return
        }
        const left = limit === null ? next.value.length : limit - record.sent
        if (left >= next.value.length) {
          record.sent += next.value.length
          controller.enqueue(next.value)
          if (limit === null || record.sent < limit) return
        } else if (left > 0) {
          record.sent += left
          controller.enqueue(next.value.subarray(0, left))
        }
        if (fault?.kind === 'stall') return forever(signal)
        if (fault?.kind === 'cut') {
          finish('cut')
          controller.error(new ConnectionLost('the connection was cut in the middle of the body'))
        } else {
          finish('complete')
          controller.close()
        }
      },
      cancel() {
        finish('aborted')
      },
    },
    { highWaterMark: 0 },
  )
}
