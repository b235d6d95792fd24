import type { YearState } from '../../../shared/contract/types.ts'
import type { LedgerSource } from '../../../shared/ledger/types.ts'

/**
 * What must be asked before a year is synced: nothing when its ledger is Fortnox' own; whether to overwrite one that was
 * read in from a SIE file; what to fetch when there is none. The edge's ledger counts first: it is the one that would be
 * overwritten. What the page shows counts where the edge has none.
 */
export function questionBefore(
  edge: Pick<YearState, 'source'> | null,
  page: LedgerSource | null,
): 'none' | 'overwrite' | 'what' {
  if (edge?.source === 'fortnox') return 'none'
  if (edge?.source === 'sie' || page === 'sie') return 'overwrite'
  return 'what'
}

/** The answer that is chosen beforehand: nothing is ever overwritten without a word. */
export function defaultLedger(question: ReturnType<typeof questionBefore>): 'fetch' | 'keep' {
  return question === 'overwrite' ? 'keep' : 'fetch'
}
