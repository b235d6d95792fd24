import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { developmentRedirect, geckoId } from '../../extension/development.ts'
import { localFolder, run } from './processes.ts'

/** Where sign-in comes back: Chrome's and Firefox' addresses for the development build's ids. */
export const extensionRedirects = [
  developmentRedirect,
  // Firefox: SHA-1 of the add-on's id (MDN, identity.getRedirectURL).
  `https://${createHash('sha1').update(geckoId).digest('hex')}.extensions.allizom.org/signed-in`,
]

/** The extension built for an edge, unpacked in a folder of its own. */
export async function buildExtension(browser: 'chrome' | 'firefox', edgeUrl: string): Promise<string> {
  const out = mkdtempSync(join(localFolder('extensions'), `${browser}-`))
  await run('wxt', ['build', '-b', browser, '--mv3'], {
    UNDERLAG_DEVELOPMENT: '1',
    UNDERLAG_EDGE_ORIGIN: edgeUrl,
    UNDERLAG_EXTENSION_OUT: out,
  })
  return join(out, `${browser}-mv3`)
}
