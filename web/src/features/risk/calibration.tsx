import { fullDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { count, percent, percentRange } from '../../lib/numbers.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { DotPlot, type DotRow } from '../../ui/charts/dot-plot.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'

export const Calibration_band = graphql(`
  fragment Calibration_band on CalibrationBand {
    model
    score
    people
    stayed
    interval {
      low
      high
    }
    asOf
  }
`)
export type Band = ResultOf<typeof Calibration_band>

const t = words.risk.page

/** Models that say how likely something is; of the others there is nothing to compare. */
const CALIBRATED = ['tier', 'charlson-1987', 'charlson-quan-2011']

/** Null for a model that foretells no stay in hospital. */
export const bandsOf = (bands: readonly FragmentOf<typeof Calibration_band>[], model: string): readonly Band[] | null =>
  CALIBRATED.includes(model) ? bands.map((band) => readFragment(Calibration_band, band)).filter((band) => band.model === model) : null

/** What followed within a year, score by score: shares with their intervals, small ones left out. */
export function Calibration({ title, bands }: { title: string; bands: readonly Band[] }) {
  const [first] = bands
  if (!first) return <p className="soft small">{t.calibrationNone}</p>
  return (
    <ChartOrTable
      title={t.calibration}
      note={t.calibrationNote(fullDay(first.asOf))}
      chart={
        <>
          <DotPlot rows={bands.map(rowOf)} />
          <p className="soft small">{t.calibrationLimits}</p>
        </>
      }
      table={<PlainTable label={t.calibrationOf(title)} head={t.calibrationHead} rows={bands.map(cellsOf)} />}
    />
  )
}

function rowOf({ score, people, stayed, interval }: Band): DotRow {
  const label = t.band(score)
  if (stayed === null || !interval) return { key: String(score), label, own: null, spoken: t.spokenHidden(score), value: t.hidden(people) }
  const rate = stayed / people
  return {
    ...{ key: String(score), label, own: { rate, interval }, value: t.stays(stayed, people) },
    spoken: t.spoken(score, percent(rate), percentRange(interval.low, interval.high)),
  }
}

const cellsOf = ({ score, people, stayed, interval }: Band): string[] => [
  String(score),
  count(people),
  stayed === null ? t.hidden(people) : count(stayed),
  stayed === null ? '–' : percent(stayed / people),
  interval ? percentRange(interval.low, interval.high) : '–',
]
