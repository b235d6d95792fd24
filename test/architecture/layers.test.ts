import { expect, it } from 'vitest'
import { files, importsOf, sources } from './sources.ts'

/** Which top-level folders each may import. `test` may import all. */
const layers: Record<string, readonly string[]> = {
  shared: ['shared'],
  edge: ['edge', 'shared'],
  extension: ['extension', 'shared'],
}

it('arrows point one way: shared ← edge, shared ← extension, and no other', () => {
  const wrong: string[] = []
  for (const file of sources) {
    const allowed = layers[file.split('/')[0]!]
    if (!allowed) continue
    for (const { to, isOurs } of importsOf(file)) {
      if (isOurs && !allowed.includes(to.split('/')[0]!)) wrong.push(`${file} → ${to}`)
    }
  }
  expect(wrong).toEqual([])
})

it('shared/sie stands alone: it can be published', () => {
  const inside = sources.filter((file) => file.startsWith('shared/sie/') && !file.endsWith('.test.ts'))
  const wrong = inside.flatMap((file) =>
    importsOf(file)
      .filter(({ to, isOurs }) => (isOurs ? !to.startsWith('shared/sie/') : !to.startsWith('node:')))
      .map(({ to }) => `${file} → ${to}`),
  )
  expect(wrong).toEqual([])
})

it('the sandbox imports nothing of ours: equality with what we read would prove nothing', () => {
  const inside = sources.filter((file) => file.startsWith('test/fortnox/'))
  expect(inside.length).toBeGreaterThan(20)
  // Its tests may compare organisation numbers with shared/ledger, never SIE with shared/sie.
  const allowed = (file: string) =>
    file.endsWith('.test.ts') ? /^test\/fortnox\/|^shared\/ledger\// : /^test\/fortnox\//
  const wrong = inside.flatMap((file) =>
    importsOf(file)
      .filter(({ to, isOurs }) => isOurs && !allowed(file).test(to))
      .map(({ to }) => `${file} → ${to}`),
  )
  expect(wrong).toEqual([])
})

it('every import of ours names a file that is there, with its extension', () => {
  const known = new Set(files)
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ to, isOurs }) => isOurs && !known.has(to))
      .map(({ to }) => `${file} → ${to}`),
  )
  expect(wrong).toEqual([])
})

it('no circles, types left out', () => {
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const { to, isOurs, isType } of importsOf(file)) {
      if (isOurs && !isType && /\.(ts|tsx)$/.test(to) && files.includes(to)) visit(to, [...path, file])
    }
    state.set(file, 'done')
  }
  for (const file of sources) visit(file, [])
  expect(circles).toEqual([])
})
