import { run } from '../stack/processes.ts'

/** What WXT writes before types can be checked: the declarations of its own modules, below `extension/.wxt`. */
export async function prepareExtension(): Promise<void> {
  await run('wxt', ['prepare'])
}
