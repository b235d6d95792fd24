/** AES-GCM over pieces of at most 1 MB. Each piece is bound to its name and place, so none can stand for another. */

export const pieceLength = 1_000_000

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** @param key 32 bytes, base64url, as the edge gives it */
export async function importKey(key: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** @param place what the bytes are and where they belong; the same one opens them */
export async function seal(key: CryptoKey, place: string, bytes: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = encoder.encode(place)
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes) }
}

/** Throws when the key, the place or the bytes are not those that were sealed. */
export async function open(key: CryptoKey, place: string, sealed: Sealed): Promise<ArrayBuffer> {
  const additionalData = encoder.encode(place)
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData }, key, sealed.bytes)
}

export async function sealJson(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  return seal(key, place, encoder.encode(JSON.stringify(value)))
}

/** The value as it was sealed. The type is the writer's word: only this cache writes what it reads. */
export async function openJson<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  return JSON.parse(decoder.decode(await open(key, place, sealed))) as T
}
