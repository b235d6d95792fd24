import { expect, it } from 'vitest'
import { calls } from '../../shared/contract/index.ts'
import { sources, textOf } from './sources.ts'

/** How often `pattern` (with one group, a name) finds each name in `files`. */
function counted(files: string[], pattern: RegExp): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) {
    for (const [, name] of textOf(file).matchAll(pattern)) counts.set(name!, (counts.get(name!) ?? 0) + 1)
  }
  return counts
}

it('every call of the contract has exactly one handler at the edge', () => {
  const files = sources.filter((file) => /^edge\/api\/[^/]+\.ts$/.test(file) && !file.endsWith('.test.ts'))
  const handlers = counted(files, /^ {2}(?:async )?(\w+)(?:\(|: (?:async )?\()/gm)
  for (const name of Object.keys(calls)) expect([name, handlers.get(name)]).toEqual([name, 1])
})

it('every call of the contract has a method and path of its own', () => {
  const places = Object.values(calls).map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`)
  expect(new Set(places).size).toBe(places.length)
})

it('every message between the extension’s parts has exactly one handler', () => {
  const protocol = textOf('extension/lib/protocol.ts')
  const table = protocol.slice(protocol.indexOf('export interface ExtensionProtocol'))
  const names = [...table.slice(0, table.indexOf('\n}')).matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name!)
  expect(names.length).toBeGreaterThan(20)
  const files = sources.filter((file) => file.startsWith('extension/') && !file.endsWith('.test.ts'))
  const handlers = counted(files, /\b(?:answer|onMessage)\(\s*'(\w+)'/g)
  for (const name of names) expect([name, handlers.get(name)]).toEqual([name, 1])
})
