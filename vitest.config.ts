import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/run/longest-first.ts'

/**
 * Which tests run where: `*.test.ts` beside its file runs in Node, `*.worker.test.ts` in real workerd with the
 * bindings of wrangler.toml (edge/vitest.config.ts), `*.e2e.test.ts` in test/e2e and test/pages drives real browsers.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,edge,extension,test}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.worker.test.ts', '**/*.e2e.test.ts'],
          maxWorkers: availableParallelism(),
          // Hangs only: a busy machine may be slow.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      './edge/vitest.config.ts',
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,pages}/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 10_000 } },
          // One at a time: some hold how long a pointer or a frame takes, which a busy machine changes.
          fileParallelism: false,
        },
      },
    ],
  },
})
