/** `npm run fortnox`: the sandbox alone, on an address of its own. */

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { BooksError, defaultRedirectUri, startSandbox } from './index.ts'

const usage = `npm run fortnox -- [options]
  --books FILE.se     books from a SIE-4E file (may be repeated; the first is the main company)
  --vouchers N        a main company whose year has N vouchers
  --port N            default 4010
  --host ADDRESS      default 127.0.0.1
  --redirect URL      the registered redirect address (default ${defaultRedirectUri}; loopback ones always work)
  --utf8-sie          SIE as UTF-8 bytes that claim PC8
  --no-rate-limit     lets everything through
  --set NAME=VALUE    a setting (may be repeated; GET /__control/settings lists them)`

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function read() {
  try {
    return parseArgs({
      options: {
        books: { type: 'string', multiple: true },
        vouchers: { type: 'string' },
        port: { type: 'string', default: '4010' },
        host: { type: 'string', default: '127.0.0.1' },
        redirect: { type: 'string' },
        'utf8-sie': { type: 'boolean', default: false },
        'no-rate-limit': { type: 'boolean', default: false },
        set: { type: 'string', multiple: true },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
}

const args = read()
if (args.help) {
  console.log(usage)
  process.exit(0)
}
const vouchers = args.vouchers === undefined ? undefined : Number(args.vouchers)
if (vouchers !== undefined && !(Number.isInteger(vouchers) && vouchers > 0))
  fail('--vouchers takes a whole number')

function bytesOf(path: string): { name: string; bytes: Uint8Array } {
  try {
    return { name: basename(path), bytes: new Uint8Array(readFileSync(path)) }
  } catch {
    return fail(`${path} cannot be read`)
  }
}

const running = await startSandbox({
  port: Number(args.port),
  host: args.host,
  ...(args.books === undefined ? {} : { books: args.books.map(bytesOf) }),
  ...(vouchers === undefined ? {} : { vouchers }),
  ...(args.redirect === undefined ? {} : { client: { redirectUris: [args.redirect] } }),
  ...(args['no-rate-limit'] ? { rateLimit: null } : {}),
  settings: { utf8Sie: args['utf8-sie'] },
}).catch((error: unknown) => {
  if (error instanceof BooksError) return fail(error.message)
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return fail(`${args.host}:${args.port} is taken; choose another with --port`)
  }
  throw error
})
const { url, sandbox } = running

for (const pair of args.set ?? []) {
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  const parsed: unknown = /^(true|false|\d+)$/.test(value) ? JSON.parse(value) : value
  const response = await sandbox.fetch(
    new Request(`${url}/__control/settings`, { method: 'POST', body: JSON.stringify({ [name]: parsed }) }),
  )
  if (!response.ok) fail(`--set ${pair}: ${await response.text()}`)
}

console.log(`Fortnox sandbox on ${url}

  authorise      ${url}/oauth-v1/auth
  token          ${url}/oauth-v1/token
  API            ${url}/3
  control        ${url}/__control
  client id      ${sandbox.client.id}
  client secret  ${sandbox.client.secret}
  redirect       ${sandbox.client.redirectUris.join(', ')} (and any loopback address)

Users (user name, password)`)
for (const user of sandbox.users) console.log(`  ${user.login.padEnd(10)} ${user.password}   ${user.shows}`)
console.log('\nCompanies')
for (const { tenant, name, organisationNumber, books, shows } of sandbox.companies) {
  const count = books.years.reduce((sum, year) => sum + year.vouchers.length, 0)
  console.log(
    `  ${tenant}  ${organisationNumber}  ${name} (${books.years.length} år, ${count} verifikat): ${shows}`,
  )
}
console.log('\nCtrl-C ends it.')

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void running.close().then(() => process.exit(0))
  })
}
