import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { percent, points } from '../../lib/numbers.ts'
import type { Improvement, Standing } from '../../lib/standing.ts'
import { words } from '../../words/index.ts'

export const CycleResult_result = graphql(`
  fragment CycleResult_result on CycleResult {
    before
    after
    monthsShared
    difference {
      low
      high
    }
  }
`)
type Result = FragmentOf<typeof CycleResult_result> | null

const t = words.improvement

/** Whether chance explains what came of a cycle; null: there is nothing to compare. */
export function verdictOf(masked: Result, improvement: Improvement): Standing | null {
  const result = masked && readFragment(CycleResult_result, masked)
  if (!result) return null
  const { low, high } = result.difference
  if (low <= 0 && high >= 0) return 'alike'
  return low > 0 === (improvement === 'INCREASE') ? 'better' : 'worse'
}

/** The year before a cycle against the year since, in a sentence. */
export function CycleResult({ result: masked, improvement }: { result: Result; improvement: Improvement }) {
  const result = masked && readFragment(CycleResult_result, masked)
  if (!result) return <p className="small soft">{t.noResult}</p>
  const { before, after, difference, monthsShared } = result
  const verdict = verdictOf(masked, improvement)
  return (
    <p className="small">
      {t.result(percent(before), percent(after), points(after - before), points(difference.low), points(difference.high))}
      {verdict && (
        <>
          : <span className="strong">{t.verdicts[verdict]}</span>
        </>
      )}
      {monthsShared > 0 && <span className="soft">; {t.monthsShared(monthsShared)}</span>}
    </p>
  )
}
