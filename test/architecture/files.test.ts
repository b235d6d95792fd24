import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { files, sources, textOf } from './sources.ts'

/**
 * SHA-256 of every migration that has been applied somewhere: they are never changed, only added to. A new migration
 * adds its line.
 */
const migrations: Record<string, string> = {
  'edge/migrations/directory/0001_directory.sql':
    '597b1efada0c17e7171c78afff79e4520526318f7b9f9e31fbec2171a9ed578a',
  'edge/migrations/ledger/0001_ledger.sql':
    '1f343b80a6e5a5505ba039699ea5f4e76fc639470b9673d29e5ad9b22eea5d18',
}

/** Longer than a few screens, and why. */
const longFiles: Record<string, string> = {
  'extension/features/document-window/view.css': 'the window’s one style sheet, a list of rules',
}
const mostLines = 400

it('migrations are only added to', () => {
  const found = files.filter((file) => /^edge\/migrations\/.*\.sql$/.test(file))
  const hashes = found.map((file) => [file, createHash('sha256').update(textOf(file)).digest('hex')])
  expect(Object.fromEntries(hashes)).toEqual(migrations)
})

it(`no source is longer than ${mostLines} lines`, () => {
  const long = files
    .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file) && textOf(file).split('\n').length > mostLines)
    .filter((file) => !(file in longFiles))
  expect(long).toEqual([])
})

it('host pages are queried in extension/host, nowhere else', () => {
  // The document window's page is the extension's own.
  const allowed = /^extension\/(host|features\/document-window)\//
  const found = sources.filter(
    (file) =>
      file.startsWith('extension/') &&
      !file.endsWith('.test.ts') &&
      !allowed.test(file) &&
      /\bdocument\.(querySelector|getElementsBy)/.test(textOf(file)),
  )
  expect(found).toEqual([])
})

it('every folder says what it is', () => {
  const folders = ['edge', 'extension', 'shared', 'test', 'test/fortnox', 'test/analysis', 'test/identity']
  for (const folder of folders) expect(files).toContain(`${folder}/README.md`)
  const unnamed = (parent: string, readme: string) => {
    const names = new Set(
      files.filter((file) => file.startsWith(`${parent}/`)).map((file) => file.slice(parent.length + 1)),
    )
    const children = new Set(
      [...names].filter((name) => name.includes('/')).map((name) => name.split('/')[0]!),
    )
    const text = textOf(readme)
    return [...children].filter((child) => !text.includes(child)).map((child) => `${parent}/${child}`)
  }
  expect([
    ...unnamed('edge', 'edge/README.md'),
    ...unnamed('extension', 'extension/README.md'),
    ...unnamed('extension/features', 'extension/features/README.md'),
    ...unnamed('shared', 'shared/README.md'),
    ...unnamed('test', 'test/README.md'),
  ]).toEqual([])
})

it('nothing says where it was made', () => {
  const text = files.filter((file) =>
    /\.(ts|tsx|mjs|js|json|toml|md|css|html|yml|sql)$|^\.[\w./]+$/.test(file),
  )
  const place = /\/(?:work|home|Users|root)\/\w|https?:\/\/(?:localhost|127\.0\.0\.1):4873/
  const found = text.filter((file) => !file.startsWith('test/architecture/') && place.test(textOf(file)))
  expect(found).toEqual([])
})
