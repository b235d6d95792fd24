import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../shared/clock.ts'
import { lines } from '../amount-finder/pages.testing.ts'
import { search } from './document-text.ts'
import { distinctNames, documentFileName, extensionFor } from './file-name.ts'
import { actionOf, listedKeys } from './keys.ts'
import { hashOf, placeOf } from './link.ts'
import { Shelf } from './shelf.ts'
import { nextScale, scaleFor } from './viewer/zoom.ts'

describe('a saved document’s name', () => {
  const parts = { series: 'A', number: '123', date: '2026-03-01', title: 'Leverantör AB', amount: 12_450_00 }

  it('says voucher, date, supplier and amount', () => {
    expect(documentFileName(parts, 'pdf')).toBe('A123 2026-03-01 Leverantör AB 12 450,00.pdf')
    expect(documentFileName({ ...parts, date: null, amount: null }, 'jpg')).toBe('A123 Leverantör AB.jpg')
  })

  it('is one that Windows takes, whatever the supplier is called', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.string({ maxLength: 30 }),
        (title, series) => {
          const name = documentFileName({ ...parts, title, series }, 'pdf')
          expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}]/u)
          expect(name.length).toBeLessThan(200)
          expect(name).toMatch(/12 450,00\.pdf$/)
          expect(name).not.toMatch(/^(con|prn|aux|nul)\./i)
        },
      ),
    )
    expect(documentFileName({ series: '', number: '', date: null, title: 'CON', amount: null }, 'pdf')).toBe(
      '_CON.pdf',
    )
  })

  it('is no longer than disks take, in bytes, and cuts no character in two', () => {
    const name = documentFileName({ ...parts, title: '👩‍👩‍👧‍👦'.repeat(60) }, 'pdf')
    expect(new TextEncoder().encode(name).length).toBeLessThan(200)
    expect(name).toMatch(/👦 12 450,00\.pdf$/u)
    expect(documentFileName({ ...parts, title: 'Ö'.repeat(300) }, 'pdf')).toMatch(/Ö 12 450,00\.pdf$/)
  })

  it('hides no extension behind marks that turn the text', () => {
    expect(documentFileName({ ...parts, title: 'x\u202efdp.exe', amount: null }, 'bin')).toBe(
      'A123 2026-03-01 x-fdp.exe.bin',
    )
  })

  it('has its extension by type, else its own', () => {
    expect(extensionFor('application/pdf', 'x.exe')).toBe('pdf')
    expect(extensionFor('application/octet-stream', 'bok.XLSX')).toBe('xlsx')
    expect(extensionFor('application/octet-stream', 'x.l/nk')).toBe('bin')
    expect(extensionFor('application/octet-stream', null)).toBe('bin')
  })

  it('is its own among others', () => {
    expect(distinctNames(['a.pdf', 'A.pdf', 'a.pdf', 'b.pdf'])).toEqual([
      'a.pdf',
      'A (2).pdf',
      'a (3).pdf',
      'b.pdf',
    ])
  })
})

describe('keys', () => {
  const press = (key: string, part = {}) =>
    actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...part })

  it('do what the help lists', () => {
    const named: Record<string, string> = {
      Esc: 'Escape',
      '←': 'ArrowLeft',
      '→': 'ArrowRight',
      '↑': 'ArrowUp',
      '↓': 'ArrowDown',
      '−': '-',
    }
    for (const [action, keys] of listedKeys) {
      for (const key of keys) {
        const [name, ctrl] = key.startsWith('Ctrl ')
          ? [key.slice(5).toLowerCase(), true]
          : [named[key] ?? key.toLowerCase(), false]
        expect(press(name, { ctrlKey: ctrl }), key).toBe(action)
      }
    }
  })

  it('leave the browser its own', () => {
    expect(press('c', { ctrlKey: true })).toBeNull()
    expect(press('r', { metaKey: true })).toBeNull()
    expect(press('ArrowLeft', { altKey: true })).toBeNull()
    expect(press('Tab')).toBeNull()
  })
})

describe('zoom', () => {
  const a4 = { width: 794, height: 1123 }

  it('fits width or page, turned or not', () => {
    expect(scaleFor('width', a4, 0, 397, 1000)).toBeCloseTo(0.5)
    expect(scaleFor('page', a4, 0, 794, 561.5)).toBeCloseTo(0.5)
    expect(scaleFor('width', a4, 90, 1123, 1000)).toBeCloseTo(1)
    expect(scaleFor(2, a4, 0, 10, 10)).toBe(2)
    expect(scaleFor('width', { width: 20, height: 20 }, 0, 1000, 1000)).toBe(3)
  })

  it('goes in steps, there and back', () => {
    expect(nextScale(1, 1)).toBe(1.1)
    expect(nextScale(1.1, -1)).toBe(1)
    expect(nextScale(0.87, 1)).toBe(0.9)
    expect(nextScale(100, 1)).toBe(8)
    expect(nextScale(0.01, -1)).toBe(0.25)
  })
})

describe('links', () => {
  it('lead back to where they came from', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat({ max: 50 }), (key, position) => {
        fc.pre(key.isWellFormed())
        const place = { company: '5560360793', year: '2026-01-01_2026-12-31', key, position }
        expect(placeOf(hashOf(place))).toEqual(place)
      }),
    )
    expect(placeOf('#/%')).toBeNull()
    expect(placeOf('')).toBeNull()
  })
})

describe('search', () => {
  it('finds words whatever their case and spaces, and marks them alone', () => {
    const marks = search([lines('Faktura från Byggvaror', 'byggvaror igen')], 'BYGG')
    expect(marks).toHaveLength(2)
    expect(marks[0]!.x).toBeGreaterThan(100)
    expect(search([lines('12\u00a0450,00')], '12 450')).toHaveLength(1)
    expect(search([lines('x')], '  ')).toEqual([])
  })
})

describe('the shelf', () => {
  it('asks once, forgets what is old, what failed and what is too much', async () => {
    let now = 0
    const clock: Clock = { now: () => now, sleep: async () => {}, random: () => 0 }
    const away: number[] = []
    let count = 0
    const shelf = new Shelf<number>(2, 100, clock, (value) => away.push(value))
    const get = (name: string) => shelf.get(name, async () => ++count)
    expect([await get('a'), await get('a')]).toEqual([1, 1])
    now = 150
    expect(await get('a')).toBe(2)
    await get('b')
    await get('a')
    await get('c')
    expect(await get('a')).toBe(2)
    expect(away).toEqual([1, 3])
    await expect(shelf.get('x', () => Promise.reject(new Error('no')))).rejects.toThrow()
    expect(await get('x')).toBeGreaterThan(3)
  })
})
