import { count, percent, percentFine, percentRange } from '../../lib/numbers.ts'
import { ratedPeople } from '../../lib/scores.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { DotPlot, type DotRow } from '../../ui/charts/dot-plot.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { type Breakdown, groupName, type Stratified, type Stratum, titleOf } from './strata-parts.ts'

const t = words.strata

/** A measure group by group beside everybody, as a drawing or as a table of every count. */
export function Breakdowns({ score }: { score: Stratified | null }) {
  if (!score) return <Empty title={t.nobody}>{words.measures.nobodyCounted}</Empty>
  if (score.breakdowns.length === 0) return <Empty title={t.none}>{t.noneAdvice}</Empty>
  return score.breakdowns.map((breakdown) => {
    const { dimension, strata } = breakdown
    const title = titleOf(breakdown)
    const hidden = strata.filter(({ counted }) => counted === null).length
    if (hidden === strata.length)
      return (
        <Section key={title} title={title}>
          <p className="soft">{t.allHidden}</p>
        </Section>
      )
    return (
      <ChartOrTable
        key={title}
        title={title}
        note={hidden === 0 ? t.byNote[dimension] : `${t.byNote[dimension]}. ${t.hiddenNote(hidden)}`}
        chart={<DotPlot names={{ own: t.group, region: t.everybody }} rows={strata.map((stratum) => rowOf(score, dimension, stratum))} />}
        table={
          <PlainTable
            label={title}
            head={t.head}
            rows={[everybody(score), ...strata.map((stratum) => cellsOf(groupName(dimension, stratum.stratum), stratum))]}
          />
        }
      />
    )
  })
}

function rowOf({ whole }: Stratified, dimension: Breakdown['dimension'], { stratum, counted, numerator, rate, interval }: Stratum): DotRow {
  const name = groupName(dimension, stratum)
  return {
    key: stratum ?? '',
    label: <p>{name}</p>,
    own: rate === null ? null : { rate, interval },
    region: whole.rate,
    spoken: t.spoken(
      name,
      counted === null ? t.hidden : rate === null ? null : percent(rate),
      whole.rate === null ? null : percent(whole.rate),
    ),
    value:
      counted === null || numerator === null ? (
        <p className="soft">{t.hidden}</p>
      ) : rate === null ? (
        <p className="soft">{words.measures.nobodyCounted}</p>
      ) : (
        <p>
          <span className="strong">{percent(rate)}</span> <span className="soft small">{words.measures.ofPeople(numerator, counted)}</span>
        </p>
      ),
  }
}

const everybody = ({ whole }: Stratified): React.ReactNode[] =>
  cellsOf(t.everybody, { ...whole, stratum: null, counted: ratedPeople(whole) })

const cellsOf = (name: string, one: Stratum): React.ReactNode[] => [
  name,
  told(one.counted),
  told(one.numerator),
  one.rate === null ? '' : percentFine(one.rate),
  one.interval ? percentRange(one.interval.low, one.interval.high) : '',
  told(one.initialPopulation),
  told(one.denominator),
  told(one.denominatorExclusion),
  told(one.denominatorException),
]

const told = (people: number | null): React.ReactNode => (people === null ? <span className="soft">{t.hidden}</span> : count(people))
