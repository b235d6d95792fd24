/** The sandbox's doors: in process (`createSandbox`), and over HTTP (`startSandbox`). */

export { ConnectionLost } from './body.ts'
export { BooksError } from './books/sie-reader.ts'
export type { ClockSource, SandboxClock } from './clock.ts'
export { type Fault, type FaultKind, faultKinds, type SetFault } from './faults.ts'
export type { Company, FilePlace, Licence, ReferenceType, StoredFile, User, VoucherRef } from './model.ts'
export type { NewFile, NewVoucher } from './mutations.ts'
export {
  type Counts,
  createSandbox,
  defaultClientId,
  defaultClientSecret,
  defaultRedirectUri,
  type Sandbox,
  type SandboxOptions,
} from './sandbox.ts'
export { defaultScopes } from './scopes.ts'
export { type RunningSandbox, type ServeOptions, startSandbox } from './serve.ts'
export { defaultSettings, type Settings, settingNotes, settingVariants } from './settings.ts'
export type { RequestRecord } from './traffic.ts'
export type { Truth, TruthDocument, TruthVoucher } from './truth.ts'
export type { Client } from './world.ts'
