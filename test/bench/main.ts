import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chromium } from '../run/ensure.ts'
import { prepareExtension } from '../run/prepare.ts'
import type { Figure } from './figure.ts'

/** `npm run bench [-- part …] [--json FILE]`: figures, what was measured, their bars. */
const parts: Record<string, () => Promise<{ run: () => Promise<Figure[]> }>> = {
  sie: () => import('./sie/index.ts'),
  ledger: () => import('./ledger/index.ts'),
  sync: () => import('./sync/index.ts'),
  rows: () => import('./rows/index.ts'),
  document: () => import('./document/index.ts'),
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
const wanted = positionals.length > 0 ? positionals : Object.keys(parts)
const unknown = wanted.filter((part) => !(part in parts))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
await chromium()
await prepareExtension()

const figures: Figure[] = []
for (const part of wanted) {
  console.log(`\n${part}`)
  const measured = await (await parts[part]!()).run()
  for (const figure of measured) console.log(line(figure))
  figures.push(...measured)
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
const missed = figures.filter(({ holds }) => holds === false)
console.log(missed.length === 0 ? '\nAll bars hold.' : `\n${missed.length} bars do not hold.`)
process.exit(missed.length === 0 ? 0 : 1)

function line({ figure, value, bar, holds }: Figure): string {
  const measured = Number.isInteger(value) ? String(value) : value.toPrecision(4)
  const verdict = holds === null ? '' : holds ? 'holds' : 'DOES NOT HOLD'
  return `  ${figure.padEnd(42)} ${measured.padStart(12)}  ${(bar ?? '').padEnd(10)} ${verdict}`
}
