import { expect, it } from 'vitest'
import { fuzz } from '../fuzz/fuzz.ts'

it('20,000 structured and mutated files: no crash, no hang, and both readers agree', {
  timeout: 240_000,
}, async () => {
  expect(await fuzz({ inputs: 20_000, seed: 4711, workers: 2 })).toBeNull()
})
