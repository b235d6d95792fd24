import { prepareExtension } from './prepare.ts'
import { checks, runStage } from './stages.ts'

await prepareExtension()
let failed = 0
for (const stage of checks) if (!(await runStage(stage))) failed++
console.log(failed === 0 ? '\nAll checks good.' : `\n${failed} checks failed.`)
process.exit(failed === 0 ? 0 : 1)
