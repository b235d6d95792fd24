import { parseArgs } from 'node:util'
import { startAnalysis } from './server.ts'

const { values } = parseArgs({
  options: { host: { type: 'string', default: '127.0.0.4' }, port: { type: 'string', default: '4040' } },
})
const analysis = await startAnalysis({ host: values.host, port: Number(values.port) })
console.log(`Revisionsrummet: ${analysis.url}`)
const stop = () => void analysis.close().then(() => process.exit(0))
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
