/** The extension at the edge's authorization server: a public client with PKCE. */
export const extensionClientId = 'underlag-extension'

/** Paths of the edge's authorization server; clients find them by discovery (RFC 8414). */
export const sessionPaths = { authorize: '/session/authorize', token: '/session/token' } as const
