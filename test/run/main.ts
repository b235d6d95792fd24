import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, firefox } from './ensure.ts'
import { prepareExtension } from './prepare.ts'
import { checks, runStage, type Stage } from './stages.ts'

/** `npm test`: everything. Its last line counts: each test of vitest is one, each check is one. */
const reports = mkdtempSync(join(tmpdir(), 'underlag-test-'))
let passed = 0
let failed = 0

console.log(`Chromium: ${await chromium()}`)
console.log(`Firefox: ${firefox()}`)
await prepareExtension()
for (const stage of checks) count((await runStage(stage)) ? 1 : 0, 1)
for (const project of ['unit', 'worker', 'e2e']) {
  const report = join(reports, `${project}.json`)
  const stage: Stage = {
    name: project === 'e2e' ? 'end to end' : `${project} tests`,
    command: 'vitest',
    args: [
      'run',
      '--project',
      project,
      '--reporter',
      'dot',
      '--reporter',
      'json',
      '--outputFile.json',
      report,
    ],
  }
  const good = await runStage(stage)
  const { numPassedTests = 0, numTotalTests = 0, numPendingTests = 0 } = read(report)
  count(numPassedTests, numTotalTests - numPendingTests)
  // A file that cannot even be loaded has no tests to count, and a run without tests has shown nothing.
  if ((!good && numPassedTests === numTotalTests - numPendingTests) || numTotalTests === 0) failed++
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function count(good: number, all: number): void {
  passed += good
  failed += all - good
}

function read(report: string): { numPassedTests?: number; numTotalTests?: number; numPendingTests?: number } {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return {}
  }
}
