import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../stack/processes.ts'

const folder = join(root, '..', 'shared', 'sie', 'corpus')

/** Whether the corpus of real SIE files lies beside the project; said once, so that nobody takes silence for a pass. */
export const hasCorpus = existsSync(folder)
if (!hasCorpus) console.warn('No SIE corpus at ../shared/sie/corpus: tests on real files are left out.')

export function corpusFile(name: string): { name: string; bytes: Uint8Array<ArrayBuffer> } {
  return { name, bytes: new Uint8Array(readFileSync(join(folder, name))) }
}
