import { spawn } from 'node:child_process'
import { root, toolEnvironment } from '../stack/processes.ts'

export interface Stage {
  name: string
  command: string
  args: string[]
  /** For stages of vitest: where its JSON report goes. */
  report?: string
}

/** Runs a stage with its output shown; true when it ended well. */
export async function runStage({ name, command, args }: Stage): Promise<boolean> {
  const begun = Date.now()
  console.log(`\n── ${name}`)
  const child = spawn(command, args, {
    cwd: root,
    env: toolEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.error(String(error))
      resolve(1)
    })
    child.once('exit', (exit) => resolve(exit ?? 1))
  })
  const seconds = ((Date.now() - begun) / 1000).toFixed(1)
  console.log(code === 0 ? `   ${name}: good, ${seconds} s` : `   ${name}: FAILED, ${seconds} s`)
  return code === 0
}

const types = ['shared', 'edge', 'extension', 'test']

/** Types, lint and format, unused code and dependencies. */
export const checks: Stage[] = [
  ...types.map((folder) => ({ name: `types of ${folder}`, command: 'tsc', args: ['-p', folder] })),
  { name: 'lint and format', command: 'biome', args: ['ci', '--error-on-warnings', '.'] },
  { name: 'unused code and dependencies', command: 'knip', args: [] },
]
