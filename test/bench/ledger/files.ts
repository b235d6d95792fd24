import { benchFile } from '../sie/file.ts'

const CHUNK = 1 << 16

/** Bytes as a request body. */
export function bodyOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return streamOf(chunksOf(bytes))
}

function streamOf(chunks: Generator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const { done, value } = chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK) yield bytes.slice(from, from + CHUNK)
}

/**
 * The file with one voucher changed: its first two rows differ by one krona more and less, and the balances at the head
 * of the file with them, as a fresh export has it.
 */
export function changedFile(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file).toString('latin1')
  const voucher = text.indexOf('#VER A 5000 ')
  const end = text.indexOf('\r\n}', voucher)
  let moved = 0
  const changes: [account: string, kronor: number][] = []
  const block = text
    .slice(voucher, end)
    .replace(/#TRANS (\d+) (\{[^}]*\}) (-?\d+)/g, (row, account, objects, kronor) => {
      if (moved === 2) return row
      const difference = moved++ === 0 ? 1 : -1
      changes.push([account, difference])
      return `#TRANS ${account} ${objects} ${Number(kronor) + difference}`
    })
  let head = text.slice(0, voucher)
  for (const [account, difference] of changes)
    head = head.replace(
      new RegExp(`#(UB|RES) 0 ${account} (-?\\d+)`),
      (_, label, kronor) => `#${label} 0 ${account} ${Number(kronor) + difference}`,
    )
  return new Uint8Array(Buffer.from(head + block + text.slice(end), 'latin1'))
}

/** A file of 100 MB: the bench file's vouchers five times over, each time in a series of its own. */
export function largeFile(): { body: ReadableStream<Uint8Array>; size: number } {
  const file = benchFile(100_000)
  const first = Buffer.from(file.buffer, file.byteOffset, file.length).indexOf('#VER ')
  const head = file.slice(0, first)
  const vouchers = file.slice(first)
  const series = seriesLetters(vouchers)
  function* chunks(): Generator<Uint8Array> {
    yield* chunksOf(head)
    for (const letter of 'ABCDE') {
      for (const position of series) vouchers[position] = letter.charCodeAt(0)
      yield* chunksOf(vouchers)
    }
  }
  return { body: streamOf(chunks()), size: head.length + 5 * vouchers.length }
}

/** Where the vouchers' series stand. */
function seriesLetters(vouchers: Uint8Array): number[] {
  const bytes = Buffer.from(vouchers.buffer, vouchers.byteOffset, vouchers.length)
  const positions: number[] = []
  for (let at = bytes.indexOf('#VER A'); at >= 0; at = bytes.indexOf('#VER A', at + 6)) positions.push(at + 5)
  return positions
}
