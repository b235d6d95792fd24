import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Window } from 'happy-dom'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Expected } from '../../extension/host/adapter.ts'
import { adapterFor } from '../../extension/host/index.ts'
import { senseworks } from '../../extension/host/senseworks.ts'
import * as standInModule from '../../extension/host/stand-in.ts'
import { standIn } from '../../extension/host/stand-in.ts'

function saved(page: string): Document {
  const window = new Window()
  window.document.write(readFileSync(join(import.meta.dirname, 'saved', page), 'utf8'))
  return window.document as unknown as Document
}

beforeAll(() => {
  const { Node, NodeFilter } = new Window()
  Object.assign(globalThis, { Node, NodeFilter })
})

describe('the stand-in’s adapter', () => {
  const exported: Record<string, unknown> = { ...standInModule }
  const selectors = Object.entries(exported).flatMap(([name, expected]) => {
    if (!name.endsWith('_')) return []
    const selector = exported[name.slice(0, -1)] as string
    return (expected as Expected).map(([count, page]) => ({ selector, count, page }))
  })
  it.each(selectors)('$selector finds $count on $page', ({ selector, count, page }) => {
    expect(saved(page).querySelectorAll(selector).length).toBe(count)
  })

  it('reads "Läs in data"', () => {
    const page = saved('stand-in-las-in-data.html')
    expect(standIn.company(page)).toEqual({ organisationNumber: '5560160680', name: 'Provbolaget AB' })
    expect(standIn.years(page).map(({ from }) => from)).toEqual(['2025-01-01', '2024-01-01'])
    expect(standIn.cardPlace(page)).not.toBeNull()
    expect(standIn.sieTarget(page)?.input?.name).toBe('sie')
    expect(standIn.yearPlaces(page)).toEqual([])
  })

  it('reads "Inläst data"', () => {
    const page = saved('stand-in-inlast-data.html')
    expect(standIn.cardPlace(page)).toBeNull()
    expect(standIn.yearPlaces(page).map(({ from, source }) => [from, source])).toEqual([
      ['2025-01-01', 'sie'],
      ['2024-01-01', null],
    ])
  })
})

describe('the adapter for Senseworks, by words alone', () => {
  it('finds company, card and file field on "Läs in data"', () => {
    const page = saved('senseworks-las-in-data.html')
    expect(senseworks.company(page)?.organisationNumber).toBe('5560160680')
    expect(senseworks.cardPlace(page)?.textContent).toBe('Läs in data')
    expect(senseworks.sieTarget(page)?.input).not.toBeNull()
    expect(senseworks.year(page)).toEqual({ from: '2025-01-01', to: '2025-12-31' })
  })

  it('finds each fiscal year and its source on "Inläst data"', () => {
    const places = senseworks.yearPlaces(saved('senseworks-inlast-data.html'))
    expect(places.map(({ from, source }) => [from, source])).toEqual([
      ['2025-01-01', 'fortnox'],
      ['2024-01-01', 'sie'],
    ])
    expect(places.every(({ place }) => place.localName === 'td')).toBe(true)
  })

  it('is silent where the words are missing', () => {
    const page = saved('senseworks-other.html')
    expect(senseworks.company(page)).toBeNull()
    expect(senseworks.cardPlace(page)).toBeNull()
    expect(senseworks.yearPlaces(page)).toEqual([])
    expect(senseworks.sieTarget(page)).toBeNull()
  })
})

describe('which adapter', () => {
  it.each([
    ['app.senseworks.io', 'senseworks'],
    ['senseworks.se', 'senseworks'],
    ['notsenseworks.se', 'generic'],
    ['127.0.0.4', 'stand-in'],
    ['analys.example', 'generic'],
  ])('%s: %s', (hostname, id) => {
    expect(adapterFor({ hostname, protocol: 'https:' }).id).toBe(id)
  })
})
