import { describe, expect, it } from 'vitest'
import { openVault } from './vault.ts'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url')

describe('the vault', () => {
  it('gives back what was put in, and shows nothing of it', async () => {
    const vault = openVault(`a:${key(1)}`)
    const sealed = await vault.seal(1, { accessToken: 'secret' })
    expect(sealed).not.toContain('secret')
    expect(await vault.open(1, sealed)).toEqual({ accessToken: 'secret' })
  })

  it('opens nothing in another tenant’s place', async () => {
    const vault = openVault(`a:${key(1)}`)
    await expect(vault.open(2, await vault.seal(1, {}))).rejects.toThrow('another tenant')
  })

  it('rotates keys: the first encrypts, all decrypt', async () => {
    const old = await openVault(`a:${key(1)}`).seal(1, 'x')
    const rotated = openVault(`b:${key(2)} a:${key(1)}`)
    expect(await rotated.open(1, old)).toBe('x')
    const fresh = await rotated.seal(1, 'y')
    expect(await openVault(`b:${key(2)}`).open(1, fresh)).toBe('y')
    await expect(openVault(`b:${key(2)}`).open(1, old)).rejects.toThrow('no vault key')
  })

  it('notices damage', async () => {
    const vault = openVault(`a:${key(1)}`)
    const parts = (await vault.seal(1, 'x')).split('.')
    parts[3] = `${parts[3]!.startsWith('A') ? 'B' : 'A'}${parts[3]!.slice(1)}`
    await expect(vault.open(1, parts.join('.'))).rejects.toThrow()
  })

  it.each(['', 'a', 'a:short', `:${key(1)}`])('refuses %j as keys', (keys) => {
    expect(() => openVault(keys)).toThrow('VAULT_KEYS')
  })
})
