import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differsFromFortnox } from './differs.ts'
import { Hash53, hashText } from './hash.ts'
import { JsonBytes } from './json-bytes.ts'
import { numberRank, Occurrences } from './numbers.ts'
import { PLACE_GAP, Places } from './places.ts'

const textOf = (json: JsonBytes) => new TextDecoder().decode(json.bytes.subarray(0, json.length))

// one character of each kind of encoding and escape, half a surrogate pair among them
const text = fc.string({
  unit: fc.constantFrom(...'aZ9"\\/åÖ€😀', '\n', '\u0000', '\u001f', '\u007f', '\ud83d', '\ude00'),
})

describe('JSON as bytes', () => {
  it('writes texts and whole numbers as JSON.parse reads them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(text, fc.maxSafeInteger()), { maxLength: 20 }), (values) => {
        const json = new JsonBytes()
        json.byte(91)
        values.forEach((value, index) => {
          if (index > 0) json.byte(44)
          if (typeof value === 'string') json.string(value)
          else json.integer(value)
        })
        json.byte(93)
        const whole = values.map((value) => (typeof value === 'string' ? value.toWellFormed() : value))
        expect(JSON.parse(textOf(json))).toEqual(whole.map((value) => (Object.is(value, -0) ? 0 : value)))
      }),
    )
  })

  it.each([0, 9, 10, 99, 100, -1, -10, 2 ** 53 - 1, 1 - 2 ** 53, 999_999_999_999_999])('%d', (value) => {
    const json = new JsonBytes()
    json.integer(value)
    expect(textOf(json)).toBe(String(value))
  })
})

describe('hashes', () => {
  it('are whole numbers below 2^53 that tell small changes apart', () => {
    const hashes = Array.from({ length: 50_000 }, (_, i) => hashText(`["A",${i},-${i % 7}00]`))
    expect(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('know where one part ends', () => {
    const bytes = new TextEncoder().encode('abc')
    const of = (...cuts: number[]) =>
      cuts.reduce((hash, end, i) => hash.update(bytes, cuts[i - 1] ?? 0, end), new Hash53()).value
    expect(of(2, 3)).not.toBe(of(1, 3))
  })
})

describe('numbers', () => {
  it.each([
    ['12', 12],
    ['0012', 12],
    ['', -1],
    ['A1', -1],
    ['-1', -1],
    ['1234567890123456', -1],
  ])('%j ranks as %d', (number, rank) => {
    expect(numberRank(number)).toBe(rank)
  })

  it('count how often each came, whatever it looks like', () => {
    const numbers = fc.array(fc.constantFrom('', '1', '01', '7', '8', '4194303', '4194304', '99999999', 'X'))
    fc.assert(
      fc.property(numbers, (list) => {
        const occurrences = new Occurrences()
        const times = new Map<string, number>()
        for (const number of list) {
          times.set(number, (times.get(number) ?? 0) + 1)
          expect(occurrences.next('A', number)).toBe(times.get(number))
        }
        expect(occurrences.next('B', '1')).toBe(1)
      }),
    )
  })
})

describe('places', () => {
  /** Places of a file that has `null` for each new voucher. */
  function placesOf(file: (number | null)[], highest: number): number[] {
    const places = new Places()
    const found = file.map((place) => place ?? 0)
    file.forEach((place, index) => {
      if (place !== null) places.known(place)
      else
        places.added((given) => {
          found[index] = given
        })
    })
    places.settle(highest)
    return found
  }

  it('come between the neighbours, or last', () => {
    const [a, b, c, d, e] = placesOf([PLACE_GAP, null, null, 2 * PLACE_GAP, null], 2 * PLACE_GAP)
    expect(a! < b! && b! < c! && c! < d! && d! < e!).toBe(true)
  })

  it('go last when the file has another order than before, and where a gap is full', () => {
    expect(placesOf([5, null, 4], 9)).toEqual([5, 9 + PLACE_GAP, 4])
    expect(placesOf([5, null, 6], 9)).toEqual([5, 9 + PLACE_GAP, 6])
  })

  it('are never the same twice', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 30 })),
        fc.infiniteStream(fc.boolean()),
        (old, more) => {
          const file = old.flatMap((place) => (more.next().value ? [place * 3, null] : [place * 3]))
          const kept = new Set(placesOf(file, 90))
          expect(kept.size).toBe(file.length)
        },
      ),
    )
  })
})

describe('a voucher differs from Fortnox’', () => {
  it.each([
    [{ date: '2024-01-01' }, { date: '2024-01-01' }, false],
    [{ date: '2024-01-01' }, { date: '2024-01-02' }, true],
    [{ date: '2024-01-01' }, { date: null }, false],
    [{ date: '2024-01-01', amount: 100 }, { date: '2024-01-01', amount: 100 }, false],
    [{ date: '2024-01-01', amount: 100 }, { date: '2024-01-01', amount: 101 }, true],
    [{ date: '2024-01-01', amount: 100 }, { date: '2024-01-01', amount: null }, false],
    [{ date: '2024-01-01' }, { date: '2024-01-01', amount: 5 }, false],
  ])('%j, %j: %j', (voucher, fortnox, differs) => {
    expect(differsFromFortnox(voucher, fortnox)).toBe(differs)
  })
})
