import { describe, expect, it } from 'vitest'
import { Names } from './names.ts'

describe('names', () => {
  it('are not missed before they are known, and only what is not among them is afterwards', async () => {
    const read = Promise.withResolvers<string[]>()
    const names = new Names(() => read.promise)
    expect(names.lacks('a')).toBe(false)
    expect(names.lacks('b')).toBe(false)
    read.resolve(['a'])
    await read.promise
    await Promise.resolve()
    expect(names.lacks('a')).toBe(false)
    expect(names.lacks('b')).toBe(true)
  })

  it('that are added while the others are read stay', async () => {
    const read = Promise.withResolvers<string[]>()
    const names = new Names(() => read.promise)
    names.lacks('x')
    names.add('b')
    read.resolve([])
    await read.promise
    await Promise.resolve()
    expect(names.lacks('b')).toBe(false)
    expect(names.lacks('x')).toBe(true)
  })

  it('that could not be read lack nothing, and are read again', async () => {
    let reads = 0
    const names = new Names(async () => {
      if (reads++ === 0) throw new Error('no disk')
      return ['a']
    })
    expect(names.lacks('b')).toBe(false)
    await new Promise((resolve) => setTimeout(resolve))
    expect(names.lacks('b')).toBe(false)
    await new Promise((resolve) => setTimeout(resolve))
    expect(names.lacks('b')).toBe(true)
    expect(names.lacks('a')).toBe(false)
  })
})
