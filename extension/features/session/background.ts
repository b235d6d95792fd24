import { browser } from 'wxt/browser'
import { UnderlagError } from '../../../shared/errors.ts'
import { answer } from '../../lib/answer.ts'
import { edge } from '../../lib/edge.ts'
import { edgeAddress } from '../../lib/settings.ts'
import { forgetCompanies } from '../company/known.ts'
import { forgetDocuments } from '../documents/index.ts'
import { tellPages } from '../site-access/tell.ts'
import { forgetYears, resumeYears } from '../year-at-hand/background.ts'
import { signIn } from './oauth.ts'
import { dropTokens, hasSession, keepSession, keepTokens, keptSession, restrictStores } from './tokens.ts'

/** Sign-in, sign-out, and who is signed in. */
export function registerSession(): void {
  void restrictStores()

  answer('session', 'page', async () => {
    const { origin } = await edgeAddress()
    if (!origin || !(await hasSession(origin))) return null
    try {
      const session = await edge.json('session')
      await keepSession(session)
      return session
    } catch (error) {
      if (error instanceof UnderlagError && error.code === 'not_signed_in') return null
      // Whoever was signed in when the edge stopped still is: what this device keeps stays theirs to open.
      const kept =
        error instanceof UnderlagError && error.code === 'edge_unreachable' ? await keptSession() : null
      if (kept) return kept
      throw error
    }
  })

  answer('signIn', 'page', async () => {
    const { origin } = await edgeAddress()
    if (!origin) throw new UnderlagError('edge_unreachable')
    const redirect = browser.identity.getRedirectURL('signed-in')
    const tokens = await signIn(origin, redirect, (url) =>
      browser.identity.launchWebAuthFlow({ url, interactive: true }).catch((cause: unknown) => {
        throw new UnderlagError('sign_in_failed', {}, { cause })
      }),
    )
    await keepTokens(origin, tokens)
    const session = await edge.json('session')
    await keepSession(session)
    await resumeYears(session.member.id)
    await tellPages({ type: 'session' })
    return session
  })

  answer('signOut', 'page', async () => {
    const device = (await browser.storage.local.get('device')).device
    // The edge may be down: the member is signed out here all the same.
    await edge.json('signOut', typeof device === 'string' ? { query: { device } } : {}).catch(() => undefined)
    await Promise.all([dropTokens(), forgetCompanies(), forgetYears('signed_out')])
    await forgetDocuments()
    await tellPages({ type: 'session' })
    return null
  })
}
