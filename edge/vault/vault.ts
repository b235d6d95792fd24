import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'

/**
 * Tokens at rest: JWE compact, `dir` + `A256GCM`. The tenant stands in the protected header, so a ciphertext moved to
 * another tenant's place does not open. Keys rotate by putting a new one first: it encrypts, all decrypt.
 */
export interface Vault {
  seal(tenant: number, secret: unknown): Promise<string>
  /** @throws Error when the ciphertext is damaged, of another tenant, or of a key that is gone */
  open(tenant: number, sealed: string): Promise<unknown>
}

/** @param keys `kid:base64url32`, separated by spaces (VAULT_KEYS) */
export function openVault(keys: string): Vault {
  const known = new Map<string, Uint8Array>()
  for (const entry of keys.trim().split(/\s+/)) {
    const at = entry.indexOf(':')
    const key = decodeKey(entry.slice(at + 1))
    if (at < 1 || key?.length !== 32) throw new Error('VAULT_KEYS: expected `kid:` and 32 bytes as base64url')
    known.set(entry.slice(0, at), key)
  }
  const [kid, current] = [...known][0]!
  return {
    seal: (tenant, secret) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(secret)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, tenant })
        .encrypt(current),

    async open(tenant, sealed) {
      const header = decodeProtectedHeader(sealed)
      const key = known.get(header.kid ?? '')
      if (!key) throw new Error(`no vault key ${header.kid}`)
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      if (protectedHeader.tenant !== tenant) throw new Error('sealed for another tenant')
      return JSON.parse(new TextDecoder().decode(plaintext))
    },
  }
}

function decodeKey(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}
