import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const migrations = (database: string) => readD1Migrations(`${import.meta.dirname}/migrations/${database}`)

/** `*.worker.test.ts`: in real workerd, with the bindings of wrangler.toml, both databases migrated, nothing from outside. */
export default defineConfig(async () => ({
  root: import.meta.dirname,
  plugins: [
    cloudflareTest({
      main: './worker.ts',
      wrangler: { configPath: '../wrangler.toml' },
      miniflare: {
        bindings: {
          EDGE_ORIGIN: 'https://edge.test',
          FORTNOX_AUTH_ORIGIN: 'https://fortnox.test',
          FORTNOX_API_ORIGIN: 'https://fortnox.test',
          FORTNOX_CLIENT_ID: 'client',
          FORTNOX_CLIENT_SECRET: 'secret',
          IDENTITY_ISSUER: 'https://identity.test',
          IDENTITY_CLIENT_ID: 'edge',
          IDENTITY_CLIENT_SECRET: 'secret',
          EXTENSION_REDIRECTS: 'https://extension.test/signed-in',
          VAULT_KEYS: `test:${'A'.repeat(43)}`,
          LINK_SECRET: 'B'.repeat(43),
          TEST_MIGRATIONS: {
            directory: await migrations('directory'),
            ledger: await migrations('ledger'),
          },
        },
      },
    }),
  ],
  test: {
    name: 'worker',
    include: ['**/*.worker.test.ts'],
    setupFiles: ['./testing/migrate.ts'],
    // Hangs only, as in vitest.config.ts.
    testTimeout: 60_000,
  },
}))
