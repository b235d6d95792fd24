import type { ExtensionMessage } from '@webext-core/messaging'
import { browser } from 'wxt/browser'
import { toWireError, UnderlagError } from '../../shared/errors.ts'
import { type Answer, type ExtensionProtocol, onMessage } from './protocol.ts'

/** Who may ask: `page` content scripts and the extension's own pages; `extension` only the latter. */
export type Asker = 'page' | 'extension'

type Types = {
  [T in keyof ExtensionProtocol]: ReturnType<ExtensionProtocol[T]> extends Answer<unknown> ? T : never
}[keyof ExtensionProtocol]
type Input<T extends Types> = Parameters<ExtensionProtocol[T]>[0]
type Value<T extends Types> = ReturnType<ExtensionProtocol[T]> extends Answer<infer V> ? V : never
export type Sender = ExtensionMessage['sender']

/**
 * The background's handler of one message. What it throws becomes the answer's error, by its code; a sender that may
 * not ask gets `forbidden`.
 */
export function answer<T extends Types>(
  type: T,
  asker: Asker,
  handler: (input: Input<T>, sender: Sender) => Promise<Value<T>>,
): void {
  const handle = async (message: { data: Input<T> } & ExtensionMessage) => {
    try {
      if (!mayAsk(message.sender, asker)) throw new UnderlagError('forbidden')
      return { value: await handler(message.data, message.sender) }
    } catch (error) {
      if (!(error instanceof UnderlagError)) console.error(type, error)
      return { error: toWireError(error) }
    }
  }
  onMessage(type, handle as unknown as Parameters<typeof onMessage<T>>[1])
}

/** True when the message comes from this extension, and from one of its own pages if it must. */
export function mayAsk(sender: Sender, asker: Asker): boolean {
  if (sender.id !== browser.runtime.id) return false
  return asker === 'page' || (sender.url ?? '').startsWith(`${location.origin}/`)
}
