import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
})
const inputs = Number(values.inputs)
const seed = Number(values.seed)
const workers = Number(values.workers)
if (![inputs, seed, workers].every(Number.isSafeInteger) || inputs < 1 || workers < 1) {
  console.error('Usage: npm run fuzz -- [--inputs N] [--seed N] [--workers N]')
  process.exit(2)
}

console.log(`${inputs} inputs, seed ${seed}, ${workers} workers`)
const start = performance.now()
let printed = start
const failure = await fuzz({
  inputs,
  seed,
  workers,
  progress(done) {
    const now = performance.now()
    if (now - printed < 10_000 && done < inputs) return
    printed = now
    console.log(`${done} inputs, ${Math.round((done / (now - start)) * 1000)} a second`)
  },
})
if (failure) {
  console.error(failure)
  process.exit(1)
}
console.log(`Both readers agree on all ${inputs} inputs.`)
