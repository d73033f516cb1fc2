import { say } from './terminal.ts'

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process at once, and nothing is lost by it either. */
export function listenForInterruption(): AbortSignal {
  const interruption = new AbortController()
  const stop = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
    say('\nStopping …')
    interruption.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  return interruption.signal
}
