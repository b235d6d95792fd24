import { env } from 'cloudflare:workers'
import type { D1Migration } from '@cloudflare/vitest-plugin'
import type { Env } from '../env.ts'

/** The worker's bindings in a worker test, and the migrations that its set-up applies. */
export const testEnv = env as unknown as Env & {
  TEST_MIGRATIONS: Record<'directory' | 'ledger', D1Migration[]>
}
