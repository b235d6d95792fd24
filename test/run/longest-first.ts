import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By name, the files that take longest of each project, the longest first; the rest take less, in whatever order. */
const longest = [
  ...['whole-way', 'year-at-hand', 'hostile', 'accessibility', 'ledger', 'pages', 'window'],
  ...['crash', 'property', 'read-in', 'matrix', 'workerd', 'fuzz'],
]

/** Long files first, so that no core is left alone with one of them at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.indexOf(basename(moduleId).split('.')[0]!)
      return at === -1 ? longest.length : at
    }
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}
