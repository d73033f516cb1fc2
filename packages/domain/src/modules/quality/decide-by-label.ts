import type { Chart, EnginePool, MeasurementPeriod, MeasurePackage, PackedMembership } from '@carecommons/cql'
import type { Sensitivity } from '#modules/record'
import { labelKey, type ReadCharts } from './read-charts.ts'

/** Where a chart stands by all of its records. */
export interface Standing extends PackedMembership {
  /** What one has to be let read to be told of it: null where the records without a label lead to the very same. */
  readonly label: Sensitivity | null
}

/** Where it stands by some of them: told to whoever may read no more. */
export interface StandIn extends Standing {
  /** Whoever may read records with one of these labels is told something else. */
  readonly givesWayTo: readonly Sensitivity[]
}

export interface Decided {
  readonly rows: readonly Standing[]
  readonly standIns: readonly StandIn[]
  readonly unevaluated: readonly number[]
}

/**
 * Where charts stand in all measures, and where they would stand without their labelled records: whoever may not know of these is told
 * what would be told if there were none. Charts without any are gone through once.
 */
export async function decideByLabel(
  pool: EnginePool,
  packages: readonly MeasurePackage[],
  { charts, labels }: Pick<ReadCharts, 'charts' | 'labels'>,
  period: MeasurementPeriod,
): Promise<Decided> {
  const whole = await pool.memberships(packages, charts, period)
  const labelled = Map.groupBy(labels.keys(), (key) => key.slice(0, key.indexOf(' ')))
  if (labelled.size === 0) return { rows: whole.rows.map((row) => ({ ...row, label: null })), standIns: [], unevaluated: whole.unevaluated }

  const labelsOf = charts.map(({ id }) => new Set((labelled.get(id) ?? []).map((key) => labels.get(key)!)))
  const over = async (level: Level): Promise<Map<string, PackedMembership>> => {
    const places = [...charts.keys()].filter((chart) => levelsOf(labelsOf[chart]!).slice(0, -1).includes(level))
    if (places.length === 0) return new Map()
    const { rows } = await pool.memberships(
      packages,
      places.map((place) => withRecords(charts[place]!, READ_ON[level], labels)),
      period,
    )
    return new Map(rows.map((row) => ({ ...row, chart: places[row.chart]! })).map((row) => [keyOf(row), row]))
  }
  const below = { none: await over('none'), behavioral: await over('behavioral') }
  const official = new Map(whole.rows.map((row) => [keyOf(row), row]))
  const rows: Standing[] = []
  const standIns: StandIn[] = []
  for (const key of new Set([...official.keys(), ...below.none.keys(), ...below.behavioral.keys()])) {
    const row = official.get(key)
    const levels = levelsOf(labelsOf[(row ?? below.none.get(key) ?? below.behavioral.get(key))!.chart]!)
    const readings = levels.map((level, index) => ({
      label: level === 'none' ? null : level,
      row: index === levels.length - 1 || level === 'part2' ? row : below[level].get(key),
    }))
    const decided = decide(readings)
    if (decided.standing) rows.push(decided.standing)
    standIns.push(...decided.standIns)
  }
  return { rows: rows.sort(inOrder), standIns, unevaluated: whole.unevaluated }
}

type Level = 'none' | Sensitivity
const READ_ON = { none: [null], behavioral: [null, 'behavioral'], part2: [null, 'behavioral', 'part2'] } as const

/** From the fewest records to all of them. */
const levelsOf = (labels: ReadonlySet<Sensitivity>): Level[] => [
  'none',
  ...(['behavioral', 'part2'] as const).filter((label) => labels.has(label)),
]

export interface LabelReading {
  /** The strictest label among the records that were read. */
  readonly label: Sensitivity | null
  /** Undefined: not in the initial population. */
  readonly row: PackedMembership | undefined
}

/** Of readings over ever more records, the last over all: where a chart stands, and what stands in for it. */
export function decide(readings: readonly LabelReading[]): { standing: Standing | null; standIns: StandIn[] } {
  // Where more records lead to nothing else, fewer are what it rests on.
  const different = readings.filter((reading, index) => index === 0 || !isSame(reading.row, readings[index - 1]!.row))
  const last = different.at(-1)!
  return {
    standing: last.row ? { ...last.row, label: last.label } : null,
    standIns: different.slice(0, -1).flatMap(({ row, label }, index) => {
      const givesWayTo = different.slice(index + 1).map((later) => later.label!)
      return row ? [{ ...row, label, givesWayTo }] : []
    }),
  }
}

const isSame = (one: PackedMembership | undefined, other: PackedMembership | undefined): boolean =>
  one === other || (!!one && !!other && one.evidence === other.evidence && one.counts.join() === other.counts.join())

function withRecords({ id, resources }: Chart, allowed: readonly (Sensitivity | null)[], labels: ReadCharts['labels']): Chart {
  const labelOf = (text: string): Sensitivity | null => {
    const { resourceType, id: fhirId } = JSON.parse(text) as { readonly resourceType: string; readonly id: string }
    return labels.get(labelKey(id, `${resourceType}/${fhirId}`)) ?? null
  }
  return { id, resources: resources.filter((text) => allowed.includes(labelOf(text))) }
}

const keyOf = ({ chart, measure, group }: PackedMembership): string => `${chart} ${measure} ${group}`
const inOrder = (a: PackedMembership, b: PackedMembership): number => a.chart - b.chart || a.measure - b.measure || a.group - b.group
