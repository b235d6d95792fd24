import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The host of {@link startPages}: a site like any other to the extension, which its test build may run on. */
export const pagesHost = '127.0.0.2'

/** Builds the extension for one edge into a folder of its own. */
export async function buildExtension(
  edgeOrigin: string,
  browser: 'chrome' | 'firefox' = 'chrome',
): Promise<{ folder: string; remove(): Promise<void> }> {
  const out = await mkdtemp(join(tmpdir(), 'underlag-build-'))
  const root = join(import.meta.dirname, '../..')
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
  await promisify(execFile)(process.execPath, [wxt, 'build', '-b', browser, '--mv3'], {
    cwd: root,
    env: {
      ...process.env,
      UNDERLAG_DEVELOPMENT: '1',
      UNDERLAG_EDGE_ORIGIN: edgeOrigin,
      UNDERLAG_EXTRA_HOSTS: `http://${pagesHost}/*`,
      UNDERLAG_EXTENSION_OUT: out,
    },
  })
  return {
    folder: join(out, `${browser}-mv3`),
    remove: () => rm(out, { recursive: true, force: true, maxRetries: 5 }),
  }
}
