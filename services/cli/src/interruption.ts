import { say } from './terminal.ts'

/** Ctrl-C in a terminal comes twice: to the whole group of processes, and passed on by npm. */
const SAME_MS = 1000

/** Aborts at the first SIGINT or SIGTERM; a later one ends the process at once, and nothing is lost by it either. */
export function listenForInterruption(): AbortSignal {
  const interruption = new AbortController()
  let since = 0
  const stop = (signal: NodeJS.Signals): void => {
    if (!interruption.signal.aborted) {
      since = performance.now()
      say('\nStopping …')
      interruption.abort()
    } else if (performance.now() - since > SAME_MS) {
      for (const other of SIGNALS) process.off(other, stop)
      process.kill(process.pid, signal)
    }
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  return interruption.signal
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
