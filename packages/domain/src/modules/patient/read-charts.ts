import { ageOn, type Day } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import { chartRoom } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { column, joined } from '#shared/written'
import type { PatientType } from './patient.graphql.ts'

/** Summaries `s` of the charts that the viewer may read. */
export const openSummaries = (tx: Tx, ctx: Ctx) => tx.db.selectFrom('patient_summary as s').where(chartRoom(ctx, 's'))

/** The same beside the charts `p` themselves. */
const openCharts = (tx: Tx, ctx: Ctx) =>
  openSummaries(tx, ctx).innerJoin('patient as p', (join) =>
    join.onRef('p.practice_id', '=', 's.practice_id').onRef('p.id', '=', 's.patient_id'),
  )

const chartColumns = [
  'p.practice_id',
  'p.id',
  'p.family_name',
  'p.given_name',
  'p.birth_date',
  'p.gender',
  'p.deceased_on',
  'p.record_number',
  'p.phone',
  'p.address',
  'p.clinician',
  's.a1c',
  's.a1c_on',
  's.systolic',
  's.diastolic',
  's.blood_pressure_on',
  's.phq9',
  's.phq9_on',
  's.last_visit_on',
  's.care_manager',
  's.last_contact_on',
  's.open_gaps',
  's.resource_count',
] as const

/** The same for statements that are written. */
export const CHART_COLUMNS = joined(chartColumns.map(column), ', ')

/** A chart as whoever reads it is shown it. */
export type ShownChart = PatientType

/** Charts by id, in the order asked for; what is missing or foreign is left out. Every chart shown is noted. */
export async function readCharts(ctx: Ctx, ids: readonly string[]): Promise<PatientType[]> {
  if (ids.length === 0) return []
  const tx = await ctx.tx()
  const rows = await selectCharts(tx, ctx)
    .where('p.id', 'in', [...ids])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return await showCharts(
    ctx,
    tx,
    ids.flatMap((id) => byId.get(id) ?? []),
  )
}

/** The last step of every way to a chart: what leaves the building is noted, in the transaction that read it. */
export async function showCharts(ctx: Ctx, tx: Tx, rows: readonly ChartRow[]): Promise<PatientType[]> {
  for (const [practiceId, of] of Map.groupBy(rows, (row) => row.practice_id))
    ctx.notes.push({ action: 'read', subject: 'Chart', subjectIds: of.map(({ id }) => id), practiceId })
  const today = ctx.clock.today(ctx.region.timeZone)
  return rows.map((row) => patientOf(row, today))
}

export type ChartRow = Awaited<ReturnType<ReturnType<typeof selectCharts>['execute']>>[number]
const selectCharts = (tx: Tx, ctx: Ctx) => openCharts(tx, ctx).select(chartColumns)

export type IdentityRow = Pick<ChartRow, 'practice_id' | 'id' | 'family_name' | 'given_name' | 'birth_date' | 'gender' | 'deceased_on'>

export const identityOf = (row: IdentityRow, today: Day) => ({
  id: row.id,
  familyName: row.family_name,
  givenName: row.given_name,
  birthDate: row.birth_date,
  age: row.birth_date === null ? null : ageOn(row.birth_date, row.deceased_on ?? today),
  gender: row.gender,
  deceased: row.deceased_on,
})

const patientOf = (row: ChartRow, today: Day): PatientType => ({
  ...identityOf(row, today),
  recordNumber: row.record_number,
  phone: row.phone,
  address: row.address,
  clinician: row.clinician,
  latestA1c: latest(row.a1c, '%', row.a1c_on),
  latestBloodPressure: pressure(row),
  latestPhq9: latest(row.phq9, null, row.phq9_on),
  lastVisit: row.last_visit_on,
  careManager: row.care_manager,
  lastContact: row.last_contact_on,
  openGapCount: row.open_gaps,
  resourceCount: row.resource_count,
})

const latest = (value: string | null, unit: string | null, on: Day | null) =>
  value === null || on === null ? null : { value: Number(value), unit, on }

const pressure = ({ systolic, diastolic, blood_pressure_on: on }: ChartRow) =>
  systolic === null || diastolic === null || on === null ? null : { systolic: Number(systolic), diastolic: Number(diastolic), on }
