import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** Every file of the project that git knows or would add, by its path from the root. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))

const texts = new Map<string, string>()

export function textOf(file: string): string {
  const known = texts.get(file)
  if (known !== undefined) return known
  const text = readFileSync(join(root, file), 'utf8')
  texts.set(file, text)
  return text
}

export const sources = files.filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))

export interface Import {
  /** The imported file's path from the root, or the package's name as written. */
  to: string
  isOurs: boolean
  /** Gone at run time: `import type`. */
  isType: boolean
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[\w*{][^'"`;]*?\sfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

/** What a source imports and exports from, in its order. */
export function importsOf(file: string): Import[] {
  return [...textOf(file).matchAll(statement)].map(([, type, named, dynamic]) => {
    const specifier = (named ?? dynamic)!.replace(/\?.*$/, '')
    const isOurs = specifier.startsWith('.')
    return {
      to: isOurs ? posix.normalize(posix.join(dirname(file), specifier)) : specifier,
      isOurs,
      isType: type !== undefined,
    }
  })
}
