import { useMemo } from 'react'
import { useAddress } from '../../lib/address.ts'
import { count, percent, percentRange } from '../../lib/numbers.ts'
import { type Column, DataTable, type Sort } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { ComparedMeasure, ComparedPractice, PracticeComparison } from './compare-practices.ts'
import styles from './practice-table.module.css'

/** Every practice with its results; sorting by a measure puts those furthest on the wrong side first. */
export function PracticeTable({ comparison: { practices, measures } }: { comparison: PracticeComparison }) {
  const address = useAddress()
  const sort = address.get('sort') ?? 'need'
  const columns = useMemo(
    () =>
      columnsOf(
        measures,
        practices.some((practice) => practice.city),
      ),
    [measures, practices],
  )
  const { rows, direction } = useMemo(() => sorted(practices, measures, sort), [practices, measures, sort])
  return (
    <Section title={words.overview.practices} note={words.overview.practicesNote}>
      <DataTable
        label={words.overview.practices}
        className={styles['table']}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        sort={{ key: sort, direction }}
        onSort={(key) => address.set({ sort: key })}
        empty={<Empty title={words.overview.noPractices}>{words.overview.noPracticesAdvice}</Empty>}
      />
    </Section>
  )
}

const columnsOf = (measures: readonly ComparedMeasure[], cities: boolean): Column<ComparedPractice>[] => [
  { key: 'name', head: words.overview.columns.practice, width: 218, sort: 'name', cell: (row) => <span title={row.name}>{row.name}</span> },
  {
    key: 'need',
    head: words.overview.columns.need,
    hint: words.overview.columns.needHint,
    width: 90,
    align: 'end',
    sort: 'need',
    cell: (row) => (row.worse.length ? count(row.worse.length) : <span className="soft">0</span>),
  },
  {
    key: 'charts',
    head: words.overview.columns.charts,
    width: 64,
    align: 'end',
    sort: 'charts',
    cell: (row) => (row.charts === null ? words.overview.few : count(row.charts)),
  },
  ...measures.map((measure): Column<ComparedPractice> => ({
    key: measure.id,
    head: measure.title,
    unit: words.overview.regionRate(percent(measure.regionRate)),
    hint: `${measure.title}. ${words.measures.direction[measure.improvement]}`,
    width: 104,
    align: 'end',
    sort: measure.id,
    cell: (row) => <ResultCell row={row} measure={measure} />,
  })),
  {
    key: 'through',
    head: words.overview.columns.dataThrough,
    width: 96,
    align: 'end',
    sort: 'through',
    cell: (row) => row.dataThrough && <OnDay day={row.dataThrough} />,
  },
  ...(cities ? [{ key: 'city', head: words.overview.columns.city, width: 122, cell: (row: ComparedPractice) => row.city }] : []),
]

function ResultCell({ row, measure }: { row: ComparedPractice; measure: ComparedMeasure }) {
  const result = row.results.get(measure.id)
  if (!result) return <span className="soft">{row.hidden.has(measure.id) ? words.overview.few : words.overview.nobody}</span>
  return (
    <span
      title={
        result.interval
          ? words.overview.cellHint(
              words.measures.ofPeople(result.numerator, result.people),
              percentRange(result.interval.low, result.interval.high),
              words.overview.standings[result.standing],
            )
          : undefined
      }
    >
      {result.standing === 'worse' && (
        <span className={styles['worse']}>
          <Icon name="alert" size={14} />
          <span className="visuallyHidden">{words.overview.standings.worse}</span>
        </span>
      )}{' '}
      <span className="soft small">{count(result.people)}</span> {percent(result.rate)}
    </span>
  )
}

function sorted(
  practices: readonly ComparedPractice[],
  measures: readonly ComparedMeasure[],
  key: string,
): { rows: ComparedPractice[]; direction: Sort['direction'] } {
  const byName = (a: ComparedPractice, b: ComparedPractice) => a.name.localeCompare(b.name, words.locale.numbers)
  if (key === 'name') return { rows: practices.toSorted(byName), direction: 'ascending' }
  if (key === 'charts') return { rows: practices.toSorted((a, b) => (b.charts ?? 0) - (a.charts ?? 0)), direction: 'descending' }
  if (key === 'through')
    return { rows: practices.toSorted((a, b) => (a.dataThrough ?? '').localeCompare(b.dataThrough ?? '')), direction: 'ascending' }
  const measure = measures.find((one) => one.id === key)
  if (!measure) return { rows: practices.toSorted((a, b) => b.worse.length - a.worse.length || byName(a, b)), direction: 'descending' }
  const ascending = measure.improvement === 'INCREASE'
  const last = ascending ? Infinity : -Infinity
  const rate = (row: ComparedPractice) => row.results.get(key)?.rate ?? last
  return {
    rows: practices.toSorted((a, b) => (rate(a) - rate(b) || 0) * (ascending ? 1 : -1)),
    direction: ascending ? 'ascending' : 'descending',
  }
}
