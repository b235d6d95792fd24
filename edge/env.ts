import type { Gateway } from './fortnox/gateway.ts'
import type { SyncParams } from './sync/workflow.ts'

/** Everything the worker is given: bindings, variables and secrets of wrangler.toml. README's configuration table explains them. */
export interface Env {
  DIRECTORY: D1Database
  LEDGER: D1Database
  /** Encrypted Fortnox tokens, the copy of what each gateway's storage holds. */
  TOKENS: KVNamespace
  /** The extension's sessions, kept by @cloudflare/workers-oauth-provider under this name. */
  OAUTH_KV: KVNamespace
  GATEWAY: DurableObjectNamespace<Gateway>
  SYNC: Workflow<SyncParams>

  /** This worker's own public origin. */
  EDGE_ORIGIN: string
  FORTNOX_AUTH_ORIGIN: string
  FORTNOX_API_ORIGIN: string
  FORTNOX_CLIENT_ID: string
  FORTNOX_CLIENT_SECRET: string
  IDENTITY_ISSUER: string
  IDENTITY_CLIENT_ID: string
  IDENTITY_CLIENT_SECRET: string
  /** Which claims of the ID token name the member's firm. */
  IDENTITY_FIRM_CLAIM: string
  IDENTITY_FIRM_NAME_CLAIM: string
  /** Redirect addresses of the extension's sign-in, separated by spaces. */
  EXTENSION_REDIRECTS: string
  /** `kid:base64url32 kid:base64url32 …`; the first encrypts, all decrypt. */
  VAULT_KEYS: string
  /** 32 bytes, base64url: consent links are derived from it, so that none is stored. */
  LINK_SECRET: string
}
