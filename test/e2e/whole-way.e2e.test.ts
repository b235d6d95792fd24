import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root, run } from '../stack/processes.ts'
import { hasCorpus } from './corpus.ts'

/** The tour in Chromium, from "Aktivera" to the cached invoice; each of its steps checks what it shows. */
it.each([
  ['the built-in books', []],
  ...(hasCorpus
    ? ([['a real SIE file', ['--books', join(root, '../shared/sie/corpus/fortnox-2-type4.se')]]] as [
        string,
        string[],
      ][])
    : []),
] as [string, string[]][])(
  'the whole way holds with %s',
  async (_, books) => {
    const pictures = mkdtempSync(join(tmpdir(), 'underlag-tour-'))
    const printed = await run('node', ['test/tour.ts', '--pictures', pictures, ...books])
    rmSync(pictures, { recursive: true, force: true })
    expect(printed).toMatch(/^The tour holds: \d+ steps/m)
  },
  240_000,
)
