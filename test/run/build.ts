import { run } from '../stack/processes.ts'
import { runStage } from './stages.ts'

/** `npm run build`: the extension for both browsers as zips, and the worker's bundle as it would be deployed. */
const stages = [
  { name: 'extension for Chrome', command: 'wxt', args: ['zip', '-b', 'chrome', '--mv3'] },
  { name: 'extension for Firefox', command: 'wxt', args: ['zip', '-b', 'firefox', '--mv3'] },
  { name: 'worker', command: 'wrangler', args: ['deploy', '--dry-run', '--outdir', 'dist/edge'] },
]
await run('wxt', ['prepare'])
let failed = 0
for (const stage of stages) if (!(await runStage(stage))) failed++
if (failed === 0) console.log('\nZips in .output/, worker in dist/edge/.')
process.exit(failed === 0 ? 0 : 1)
