import type { Sensitivity } from '#modules/record'
import type { MoverReason, RegistryChange } from './comparisons.entity.ts'
import type { Reading } from './stays.ts'

/** What a switch to another version would do to a chart. */
export interface ChartMove {
  readonly change: RegistryChange
  readonly label: Sensitivity | null
  readonly reasons: readonly MoverReason[]
}

/** Readings of a chart by one version, from that with fewest labels to that with all. */
type Readings = readonly (Reading | null)[]

/**
 * What would become of a chart, as `nextStay` decides it once the version is in force. Nothing where the version in force cannot tell, and
 * where it is in neither; whoever the other one cannot evaluate stays. Whoever goes over from an open stay to a labelled one leaves the one
 * and enters the other. Reasons are told by records that whoever reads the move may read.
 */
export function movesOf(before: Readings, after: Readings): ChartMove[] {
  const was = before.find((reading) => reading === null || reading.isIn)
  const is = after.find((reading) => reading === null || reading.isIn)
  if (was === null) return []
  if (is === null) return was ? [stays(was)] : []
  if (was && is && was.label === is.label) return [stays(was)]
  return [
    ...(was ? [{ change: 'leaves' as const, label: was.label, reasons: leaving(...sameRecords(before, after, was)) }] : []),
    ...(is ? [{ change: 'enters' as const, label: is.label, reasons: entering(...sameRecords(before, after, is)) }] : []),
  ]
}

const stays = ({ label }: Reading): ChartMove => ({ change: 'stays', label, reasons: [] })

/** Both readings over the records on which this one rests; nothing holds where there is none. */
function sameRecords(before: Readings, after: Readings, basis: Reading): [Reading, Reading] {
  const of = (readings: Readings): Reading =>
    readings.find((reading) => reading?.label === basis.label) ?? { label: basis.label, isIn: false, entry: [], exit: [] }
  return [of(before), of(after)]
}

const entering = (before: Reading, after: Reading): MoverReason[] => [...more(before, after, 'entry'), ...less(before, after, 'exit')]
const leaving = (before: Reading, after: Reading): MoverReason[] => [...less(before, after, 'entry'), ...more(before, after, 'exit')]

/** Clauses that hold by the other version and do not by this one. */
const more = (before: Reading, after: Reading, part: 'entry' | 'exit'): MoverReason[] =>
  after[part]
    .filter(({ clause }) => !before[part].some((one) => one.clause === clause))
    .map((reason) => ({ ...reason, part, change: 'gained' }))

const less = (before: Reading, after: Reading, part: 'entry' | 'exit'): MoverReason[] =>
  more(after, before, part).map((reason) => ({ ...reason, change: 'lost' }))
