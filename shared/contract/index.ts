export * from './call.ts'
export * from './calls.ts'
export * from './client.ts'
export * from './types.ts'
