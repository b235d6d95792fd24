import { useCallback, useEffect, useState } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'
import type { FiscalYearId } from '../../../shared/ledger/types.ts'
import { ask } from '../../lib/ask.ts'
import type { YearAction, YearAtHand } from '../../lib/protocol.ts'

/** Asked at most this often, and only while it is seen and something moves. */
const askEvery = 1_000

export interface Years {
  years: YearAtHand[]
  error: WireError | null
  act(company: string, year: FiscalYearId, action: YearAction): Promise<void>
}

/**
 * The years that are made available ahead, as they go on: one, all of a company, or (null, from the extension's own
 * pages) all that there are.
 */
export function useYears(company: string | null, year?: FiscalYearId): Years {
  const [years, setYears] = useState<YearAtHand[]>([])
  const [error, setError] = useState<WireError | null>(null)
  const load = useCallback(async () => {
    const answer = await ask('yearsAtHand', { company })
    if ('value' in answer) setYears(answer.value.filter((one) => year === undefined || one.year === year))
  }, [company, year])
  const isMoving = years.some(({ state }) => state === 'running' || state === 'queued' || state === 'waiting')
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void load()
    }
    look()
    document.addEventListener('visibilitychange', look)
    const timer = isMoving ? setInterval(look, askEvery) : null
    return () => {
      document.removeEventListener('visibilitychange', look)
      if (timer !== null) clearInterval(timer)
    }
  }, [load, isMoving])
  return {
    years,
    error,
    async act(company, year, action) {
      const answer = await ask('controlYear', { company, year, action })
      setError('error' in answer ? answer.error : null)
      await load()
    },
  }
}
