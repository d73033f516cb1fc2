import { use, useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { dayOf, shortDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { amount, amountFixed } from '../../lib/numbers.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Button } from '../../ui/button.tsx'
import { Sparkline } from '../../ui/charts/sparkline.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { RecordValue } from './record-value.tsx'
import styles from './value-trends.module.css'

const Value_series = graphql(`
  fragment Value_series on ValueSeries {
    key
    title
    unit
    points {
      at
      value
      second
    }
  }
`)
export const ValueTrends_patient = graphql(
  `
    fragment ValueTrends_patient on Patient {
      id
      series {
        key
        ...Value_series
      }
    }
  `,
  [Value_series],
)
type Series = ResultOf<typeof Value_series>

/** The values that matter for follow-up: the last one with its day and how it moved; every one of them as a table on request. */
export function ValueTrends({ patient, onChange }: { patient: FragmentOf<typeof ValueTrends_patient>; onChange?: () => void }) {
  const [asTable, setAsTable] = useState(false)
  const [recording, setRecording] = useState(false)
  const may = useMay()
  const { id, series: all } = readFragment(ValueTrends_patient, patient)
  const series = all.map((one) => readFragment(Value_series, one)).filter((one) => one.points.length > 0)
  return (
    <Section
      title={words.patient.values}
      aside={
        <span className="screenOnly">
          {onChange && may('create', 'ClinicalRecord') && (
            <Button look="quiet" onClick={() => setRecording(true)}>
              {words.patient.typed.verb}
            </Button>
          )}
          {series.length > 0 && (
            <Button
              look="quiet"
              icon={asTable ? 'chart' : 'table'}
              label={asTable ? words.charts.showChart : words.charts.showTable}
              onClick={() => setAsTable(!asTable)}
            />
          )}
        </span>
      }
    >
      {recording && onChange && <RecordValue patientId={id} onClose={() => setRecording(false)} onDone={onChange} />}
      {series.length === 0 && <p className="soft">{words.patient.noValues}</p>}
      {series.map((one) => (asTable ? <Table key={one.key} series={one} /> : <Trend key={one.key} series={one} />))}
    </Section>
  )
}

function Trend({ series }: { series: Series }) {
  const zone = use(TimeZoneContext)
  const last = series.points.at(-1) as Series['points'][number]
  const before = series.points.at(-2)
  const first = series.points[0] as Series['points'][number]
  const spoken = words.patient.trendSpoken(
    series.title,
    series.points.length,
    shortDay(dayOf(first.at, zone)),
    figure(series, first),
    figure(series, last),
  )
  return (
    <div className={styles['trend']}>
      <span className={`${styles['title']} small soft`}>
        {series.title} {series.unit && `(${unitOf(series)})`}
      </span>
      <span className={`${styles['end']} small soft`}>
        <At instant={last.at} />
      </span>
      <span className={styles['latest']}>{figure(series, last)}</span>
      <Sparkline points={series.points} spoken={spoken} />
      <span className={`${styles['end']} small soft`}>{before ? words.patient.was(figure(series, before)) : words.patient.onlyOne}</span>
    </div>
  )
}

function Table({ series }: { series: Series }) {
  return (
    <PlainTable
      label={series.title}
      head={[words.patient.measured, [series.title, unitOf(series)].filter(Boolean).join(', ')]}
      rows={series.points.toReversed().map((point) => [<At key="at" instant={point.at} />, figure(series, point)])}
    />
  )
}

const unitOf = ({ unit }: Series): string => (unit === null ? '' : (words.patient.units[unit] ?? unit))

/** HbA1c always with its decimal, wherever it stands: 12.0, not 12. */
function figure({ key }: Series, { value, second }: Series['points'][number]): string {
  if (second !== null) return words.values.pair(amount(value), amount(second))
  return key.startsWith('a1c') ? amountFixed(value) : amount(value)
}
