import { useEffect, useRef, useState } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'
import type { VoucherSummary } from '../../../shared/ledger/types.ts'
import { ask } from '../../lib/ask.ts'
import { unwrap, type VoucherFilter } from '../../lib/protocol.ts'

export interface VoucherSearch {
  company: string
  year: string
  filter: VoucherFilter
}

export interface FoundVouchers {
  vouchers: VoucherSummary[]
  total: number
  isLoading: boolean
  error: WireError | null
  more: () => void
  /** Asks again for what failed. */
  again: () => void
}

const typingPause = 200
const nothing = { vouchers: [] as VoucherSummary[], total: 0, next: null as string | null }

/** The vouchers that a search finds, page by page; what comes for an earlier search is dropped. */
export function useVouchers(search: VoucherSearch | null): FoundVouchers {
  const [found, setFound] = useState(nothing)
  const [isLoading, setLoading] = useState(false)
  const [error, setError] = useState<WireError | null>(null)
  /** The search that `found` or `error` is the answer to: until then nothing is known, not even that there is none. */
  const [answered, setAnswered] = useState<string | null>(null)
  const turn = useRef(0)
  /** The page that is on its way: scrolling asks many times before the answer is drawn. */
  const asked = useRef<string | null>(null)
  const name = JSON.stringify(search)

  const load = async (at: number, cursor: string | null) => {
    if (!search) return
    asked.current = cursor
    setLoading(true)
    const answer = await ask('vouchers', { ...search, cursor })
    if (at !== turn.current) return
    setLoading(false)
    setAnswered(name)
    if ('error' in answer) {
      // What an earlier search found is not this one's answer; what this one has found so far stays.
      if (cursor === null) setFound(nothing)
      return setError(answer.error)
    }
    const { vouchers, total, next } = answer.value
    setError(null)
    setFound((before) => ({
      vouchers: cursor === null ? vouchers : [...before.vouchers, ...vouchers],
      total,
      next,
    }))
  }
  useEffect(() => {
    const at = ++turn.current
    setError(null)
    if (!search) return setFound(nothing)
    const timer = setTimeout(() => void load(at, null), typingPause)
    return () => clearTimeout(timer)
  }, [name])

  return {
    vouchers: found.vouchers,
    total: found.total,
    isLoading: isLoading || (search !== null && answered !== name),
    error,
    more: () => {
      if (!isLoading && !error && found.next !== null && asked.current !== found.next)
        void load(turn.current, found.next)
    },
    again: () => {
      setError(null)
      void load(turn.current, found.next)
    },
  }
}

/** All vouchers of a search, every page. */
export async function allVouchers(search: VoucherSearch): Promise<VoucherSummary[]> {
  const all: VoucherSummary[] = []
  let cursor: string | null = null
  do {
    const page: { vouchers: VoucherSummary[]; next: string | null } = unwrap(
      await ask('vouchers', { ...search, cursor }),
    )
    all.push(...page.vouchers)
    cursor = page.next
  } while (cursor !== null)
  return all
}
