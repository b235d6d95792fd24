import { ask } from '../../lib/ask.ts'
import type { pickColumn } from './pick.ts'
import type { sayWhy } from './why.ts'

/** What is asked for now and then only: pointing at columns, and why a button has nothing to open. */
interface Asked {
  pickColumn: typeof pickColumn
  sayWhy: typeof sayWhy
}

/** Their script comes when it is asked for. Both run in the extension's one world of the page. */
const world = globalThis as { underlagAsked?: Asked }

/** For the script that is loaded. */
export function defineAsked(parts: Asked): void {
  world.underlagAsked = parts
}

/** @returns null when the script could not be loaded: the extension has been reloaded or removed */
export async function loadAsked(): Promise<Asked | null> {
  if (!world.underlagAsked) await ask('loadScript', { script: 'asked' })
  return world.underlagAsked ?? null
}
