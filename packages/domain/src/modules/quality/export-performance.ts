import { writeCsv } from '@carecommons/interop'
import type { Ctx } from '#shared/context'
import type { PerformanceRowType } from './performance.graphql.ts'
import type { PeriodType } from './quality.graphql.ts'
import { readPerformance } from './read-performance.ts'

const HEAD = [
  'scope',
  'practice',
  'measure',
  'measure_version',
  'period_start',
  'period_end',
  'hidden',
  'initial_population',
  'denominator',
  'denominator_exclusion',
  'denominator_exception',
  'numerator',
  'rate',
  'interval_low',
  'interval_high',
  'run',
  'package_hash',
  'engine',
  'watermark',
]

/** The payer's table as CSV, the same rows as on its page; null when nothing is published for the period. Noted as an export. */
export async function exportPerformance(ctx: Ctx, period: PeriodType | null): Promise<string | null> {
  const performance = await readPerformance(ctx, period, 'export')
  if (!performance.period) return null
  const { start, end } = performance.period
  return writeCsv([
    HEAD,
    ...performance.rows.map((row) => [
      ...whatOf(row),
      start,
      end,
      ...figuresOf(row),
      row.figuresOf ?? performance.runId,
      row.measure.packageHash,
      row.engine,
      row.watermark,
    ]),
  ])
}

const whatOf = ({ scope, practice, measure }: PerformanceRowType) => [scope, practice?.name ?? null, measure.id, measure.version]

const figuresOf = (row: PerformanceRowType) => [
  row.hidden ? 'yes' : 'no',
  row.initialPopulation,
  row.denominator,
  row.denominatorExclusion,
  row.denominatorException,
  row.numerator,
  ...[row.rate, row.interval?.low ?? null, row.interval?.high ?? null].map((share) => (share === null ? null : share.toFixed(4))),
]
