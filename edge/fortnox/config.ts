/** How this installation is known to Fortnox (developer portal). */
export interface FortnoxConfig {
  authOrigin: string
  apiOrigin: string
  clientId: string
  clientSecret: string
  redirectUri: string
}

/** The variables that say it; the worker's `Env` has them. */
export interface FortnoxVariables {
  EDGE_ORIGIN: string
  FORTNOX_AUTH_ORIGIN: string
  FORTNOX_API_ORIGIN: string
  FORTNOX_CLIENT_ID: string
  FORTNOX_CLIENT_SECRET: string
}

export function fortnoxConfig(env: FortnoxVariables): FortnoxConfig {
  return {
    authOrigin: env.FORTNOX_AUTH_ORIGIN,
    apiOrigin: env.FORTNOX_API_ORIGIN,
    clientId: env.FORTNOX_CLIENT_ID,
    clientSecret: env.FORTNOX_CLIENT_SECRET,
    redirectUri: `${env.EDGE_ORIGIN}/consent/callback`,
  }
}

/**
 * What is asked for. Fortnox has no read-only scopes: the allow-list (allow-list.ts) is what keeps us to reading.
 * `settings` is not needed; `payment` and `connectfile` find which invoice a payment voucher pays and which files belong.
 */
export const scopes = [
  'companyinformation',
  'bookkeeping',
  'connectfile',
  'archive',
  'inbox',
  'supplierinvoice',
  'invoice',
  'payment',
] as const
