import type { Ctx } from '#shared/context'
import { REDISCLOSURE_SHORT } from '#modules/consent'
import { comingGapsOf } from '#modules/quality'
import { conditionsOf, type ShownChart } from '#modules/patient'
import type { PatientColumnName, PatientFilter } from '#modules/registry'
import { riskOf } from '#modules/risk'

type Cell = string | number | null
type Titled = readonly { readonly title: string }[]
/** A chart with what is read of it beside its row in the list. */
interface Chart {
  readonly of: ShownChart
  readonly conditions: Titled
  readonly risk: { readonly tier: number; readonly tierTitle: string; readonly reasons: readonly string[] } | null
}

/** What a column of the list is in a file: a name for each cell, and the cell. */
const CELLS: Readonly<Record<PatientColumnName, Readonly<Record<string, (chart: Chart) => Cell>>>> = {
  age: { age: ({ of }) => of.age },
  born: { birth_date: ({ of }) => of.birthDate },
  sex: { sex: ({ of }) => of.gender },
  phone: { phone: ({ of }) => of.phone },
  conditions: { conditions: ({ conditions }) => conditions.map(({ title }) => title).join('; ') },
  gaps: { open_gaps: ({ of }) => of.openGapCount },
  risk: {
    risk_tier: ({ risk }) => risk?.tier ?? null,
    risk_tier_title: ({ risk }) => risk?.tierTitle ?? null,
    risk_reasons: ({ risk }) => risk?.reasons.join('; ') ?? null,
  },
  a1c: { a1c_percent: ({ of }) => of.latestA1c?.value ?? null, a1c_on: ({ of }) => of.latestA1c?.on ?? null },
  bloodPressure: {
    systolic_mmhg: ({ of }) => of.latestBloodPressure?.systolic ?? null,
    diastolic_mmhg: ({ of }) => of.latestBloodPressure?.diastolic ?? null,
    blood_pressure_on: ({ of }) => of.latestBloodPressure?.on ?? null,
  },
  phq9: { phq9: ({ of }) => of.latestPhq9?.value ?? null, phq9_on: ({ of }) => of.latestPhq9?.on ?? null },
  lastVisit: { last_visit: ({ of }) => of.lastVisit },
  lastContact: { last_contact: ({ of }) => of.lastContact },
  careManager: { care_manager: ({ of }) => of.careManager },
  clinician: { clinician: ({ of }) => of.clinician },
  recordNumber: { record_number: ({ of }) => of.recordNumber },
}

export interface Written {
  readonly columns: readonly PatientColumnName[]
  readonly comingGap: PatientFilter['comingGap']
}

/** Names of all cells, in their order. */
export const headOf = ({ columns, comingGap }: Written): string[] => [
  ...['chart', 'family_name', 'given_name'],
  ...(comingGap ? ['due_on', 'due_measure'] : []),
  ...columns.flatMap((column) => Object.keys(CELLS[column])),
  'notice',
]

/** The cells of charts, read as whoever asked for them; what each read of labelled records is noted in `ctx`. */
export async function cellsOf(ctx: Ctx, patients: readonly ShownChart[], { columns, comingGap }: Written): Promise<Cell[][]> {
  const withConditions = columns.includes('conditions')
  const withRisk = columns.includes('risk')
  const read = await Promise.all(
    patients.map(async (of) => ({
      of,
      conditions: withConditions ? ((await conditionsOf(ctx, of.id)) ?? []) : [],
      risk: withRisk ? ((await riskOf(ctx, of.id)) ?? null) : null,
      due: comingGap
        ? (await comingGapsOf(ctx, of.id))?.find(({ measure }) => comingGap.measure == null || measure.id === comingGap.measure)
        : undefined,
    })),
  )
  const part2 = new Set(ctx.notes.flatMap(({ underPart2, subjectIds }) => (underPart2 ? subjectIds : [])))
  return read.map((chart) => [
    ...[chart.of.id, chart.of.familyName, chart.of.givenName],
    ...(comingGap ? [chart.due?.dueOn ?? null, chart.due?.measure.title ?? null] : []),
    ...columns.flatMap((column) => Object.values(CELLS[column]).map((cell) => cell(chart))),
    part2.has(chart.of.id) ? REDISCLOSURE_SHORT : null,
  ])
}
