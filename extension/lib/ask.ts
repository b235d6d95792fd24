import { type Answer, type ExtensionProtocol, sendMessage } from './protocol.ts'

type AskTypes = {
  [T in keyof ExtensionProtocol]: ReturnType<ExtensionProtocol[T]> extends Answer<unknown> ? T : never
}[keyof ExtensionProtocol]

/** What a message carries. */
export type Asked<T extends AskTypes> = Parameters<ExtensionProtocol[T]>[0]
type Answered<T extends AskTypes> = ReturnType<ExtensionProtocol[T]>
type Input<T extends AskTypes> = Parameters<ExtensionProtocol[T]> extends [] ? [] : [data: Asked<T>]

/** Asks the background. That it cannot be reached (it is being updated, this context is gone) is an answer too. */
export async function ask<T extends AskTypes>(type: T, ...[data]: Input<T>): Promise<Answered<T>> {
  const send = sendMessage as (type: T, data: unknown) => Promise<Answered<T>>
  try {
    return await send(type, data)
  } catch {
    return { error: { code: 'internal', data: {} } } as Answered<T>
  }
}
