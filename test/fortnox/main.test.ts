import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('main.ts', import.meta.url))
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  writeFileSync(join(folder, 'text.se'), 'hej')
  writeFileSync(join(folder, 'two.se'), '#FLAGGA 0\n#SIETYP 2\n#RAR 0 20260101 20261231\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command until it ends, or has said "Ctrl-C"; then it is asked to end. */
function run(...args: string[]): Promise<{ code: number | null; output: string; seen: unknown }> {
  return new Promise((resolve) => {
    const child = spawn(node, [main, '--port', '0', ...args])
    let output = ''
    let seen: Promise<unknown> = Promise.resolve(null)
    child.stderr.on('data', (part) => {
      output += part
    })
    child.stdout.on('data', (part) => {
      output += part
      if (!output.includes('Ctrl-C')) return
      const [, url] = /sandbox on (\S+)/.exec(output) ?? []
      seen = fetch(`${url}/__control/companies`)
        .then((response) => response.json())
        .finally(() => child.kill('SIGTERM'))
    })
    child.on('close', async (code) => resolve({ code, output, seen: await seen }))
  })
}

test('starts, says where it is and what it has, and ends when told to', async () => {
  const { code, output, seen } = await run('--set', 'refusalStatus=403')
  expect(code).toBe(0)
  expect(output).toContain('underlag-local-secret')
  expect(output).toContain('Björkbacken Bygg AB (2 år, 390 verifikat)')
  expect(seen).toMatchObject({ companies: expect.any(Array) })
}, 20_000)

test.each([
  ['text.se', /^text\.se is no SIE file/],
  ['two.se', /^two\.se is a SIE type 2 file, which has no vouchers/],
  ['nowhere.se', /nowhere\.se cannot be read/],
])(
  '--books %s: one clear line and exit 1',
  async (name, message) => {
    const { code, output } = await run('--books', join(folder, name))
    expect(code).toBe(1)
    expect(output.trim()).toMatch(message)
    expect(output.trim().split('\n')).toHaveLength(1)
  },
  20_000,
)

test('an option that there is not shows the usage', async () => {
  const { code, output } = await run('--nonsense')
  expect(code).toBe(1)
  expect(output).toContain('--books FILE.se')
}, 20_000)
