import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { localFolder, root, run } from './processes.ts'

/**
 * Both local databases, migrated and empty, in `folder`. Wrangler takes seconds for each, so they are migrated once for
 * each state of the migrations, and copied from there.
 */
export async function migratedDatabases(folder: string): Promise<void> {
  const kept = join(localFolder('databases'), stateOfMigrations())
  if (!existsSync(kept)) {
    const making = mkdtempSync(join(localFolder('databases'), 'making-'))
    // One after the other: the two databases share a folder that one process at a time may open.
    for (const database of ['DIRECTORY', 'LEDGER']) {
      const args = ['d1', 'migrations', 'apply', database, '--local', '--persist-to', making]
      await run('wrangler', args, { CI: 'true' })
    }
    try {
      renameSync(making, kept)
    } catch (error) {
      // Another stack was faster.
      rmSync(making, { recursive: true, force: true })
      if (!existsSync(kept)) throw error
    }
  }
  mkdirSync(folder, { recursive: true })
  cpSync(kept, folder, { recursive: true })
}

/** Hash of all that decides what the databases look like: every migration, and wrangler.toml. */
function stateOfMigrations(): string {
  const migrations = join(root, 'edge', 'migrations')
  const files = readdirSync(migrations, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => join(migrations, name))
  const hash = createHash('sha256')
  for (const file of [join(root, 'wrangler.toml'), join(root, 'package-lock.json'), ...files]) {
    hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
