import { useState } from 'preact/hooks'
import type { WireError } from '../../../shared/errors.ts'

/** One thing at a time, and its error until the next try. */
export function useAction() {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<WireError | null>(null)
  return {
    isBusy,
    error,
    async run(action: () => Promise<WireError | null>): Promise<void> {
      setBusy(true)
      setError(null)
      setError(await action())
      setBusy(false)
    },
  }
}

/** An answer's error, null when it has a value. */
export function failure(answer: { error: WireError } | { value: unknown }): WireError | null {
  return 'error' in answer ? answer.error : null
}
