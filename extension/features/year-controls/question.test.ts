import { describe, expect, it } from 'vitest'
import { defaultLedger, questionBefore } from './question.ts'

describe('what is asked before a sync', () => {
  it.each([
    ['fortnox', 'sie', 'none', 'fetch'],
    ['sie', null, 'overwrite', 'keep'],
    [null, 'sie', 'overwrite', 'keep'],
    [null, null, 'what', 'fetch'],
    [null, 'fortnox', 'what', 'fetch'],
  ] as const)('edge %s, page %s: %s', (edge, page, question, ledger) => {
    expect(questionBefore(edge ? { source: edge } : null, page)).toBe(question)
    expect(defaultLedger(question)).toBe(ledger)
  })
})
