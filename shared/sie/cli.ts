import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SieDiagnostic } from './diagnostics.ts'
import type { SieLanguage } from './messages.ts'
import { readSie } from './read.ts'
import { reportJson, reportText } from './report.ts'
import type { SieReadOptions } from './types.ts'

const USAGE = `Usage: npm run sie -- FILE [--json] [--lang sv|en]

Says what a SIE file is: program, type, character set, years, counts, control sum, balances, findings.
Whether it may be read in is part of the answer. Exit code 2: the file cannot be opened, or the command is wrong.
`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  const command = readCommand(args)
  if (!command) {
    process.stderr.write(USAGE)
    return 2
  }
  const { path, json, language } = command
  let source: Blob
  try {
    if (!(await stat(path)).isFile()) throw new Error('it is not a file')
    source = await openAsBlob(path)
  } catch (error) {
    process.stderr.write(`Cannot open ${path}: ${reason(error)}\n`)
    return 2
  }
  const diagnostics: SieDiagnostic[] = []
  const options: SieReadOptions = /\.si$/i.test(path) ? { subtype: '4I' } : {}
  const handlers = { diagnostic: (finding: SieDiagnostic) => void diagnostics.push(finding) }
  const summary = await readSie(source, handlers, options)
  process.stdout.write(
    json
      ? `${JSON.stringify(reportJson(summary, diagnostics, language), null, 1)}\n`
      : reportText(path, summary, diagnostics, language),
  )
  return 0
}

function readCommand(args: string[]): { path: string; json: boolean; language: SieLanguage } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'sv' } },
    })
    const [path] = positionals.map((file) => resolve(process.env.INIT_CWD ?? '.', file))
    const language = values.lang
    if (positionals.length !== 1 || !path || (language !== 'sv' && language !== 'en')) return null
    return { path, json: values.json, language }
  } catch {
    return null
  }
}

function reason(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'there is no such file'
  return error instanceof Error ? error.message : String(error)
}
