import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const RunFacts = graphql(`
  fragment RunFacts on MetricRun @_unmask {
    id
    state
    period {
      start
      end
    }
    requestedAt
    startedAt
    finishedAt
    chartsDone
    chartsTotal
  }
`)
export type RunFacts = ResultOf<typeof RunFacts>

export const isRunning = (run: Pick<RunFacts, 'state'>): boolean => run.state !== 'PUBLISHED' && run.state !== 'FAILED'

/** Seconds from the start (or the request, before it started) until the end or now; null before it began. */
export function secondsTaken(run: RunFacts, now: number): number | null {
  if (!run.startedAt) return null
  return Math.max(0, ((run.finishedAt ? Date.parse(run.finishedAt) : now) - Date.parse(run.startedAt)) / 1000)
}
