/** The sandbox's clock: somebody else's time, which a test can also move. */

export interface ClockSource {
  /** Ms since 1970. */
  now(): number
  /** Only needed for slow answers; default: real time. Rejects when aborted. */
  sleep?(ms: number, signal?: AbortSignal): Promise<void>
}

export interface SandboxClock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Moves the sandbox's time by `ms` from where it is; never touches the source. */
  move(ms: number): void
}

function realSleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

export function sandboxClock(source: ClockSource = { now: () => Date.now() }): SandboxClock {
  let offset = 0
  return {
    now: () => source.now() + offset,
    sleep: (ms, signal) => (source.sleep ? source.sleep(ms, signal) : realSleep(ms, signal)),
    move: (ms) => {
      offset += ms
    },
  }
}
