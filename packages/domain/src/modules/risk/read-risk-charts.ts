import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { ledTo } from './after-discharge.ts'
import type { Problem, Reading, RiskChart, Stay } from './risk-chart.ts'
import type { RiskCodes } from './risk-codes.ts'

/** Which charts, and as of which day. */
export interface ReadRisk {
  readonly practiceId: string
  readonly patientIds: readonly string[]
  readonly today: Day
  readonly timeZone: string
  readonly codes: RiskCodes
}

export interface ReadChart extends RiskChart {
  readonly patientId: string
}

/** What the models read of some charts of living people. Labelled records are not among it, nor is who pays. */
export async function readRiskCharts(db: Tx['db'], asked: ReadRisk): Promise<ReadChart[]> {
  const [people, problems, visits, values] = [
    await readPeople(db, asked),
    await readProblems(db, asked),
    await readVisits(db, asked),
    await readValues(db, asked),
  ]
  return people.map(({ patientId, birthDate, openGaps, lastSeenOn }) => {
    const of = visits.get(patientId) ?? []
    const emergencies = of.filter(({ kind }) => kind === 'emergency')
    const readings = values.get(patientId) ?? []
    const series = (name: string): Reading[] => newestOfDays(readings.filter((reading) => reading.name === name))
    return {
      patientId,
      today: asked.today,
      birthDate,
      openGaps,
      lastSeenOn,
      problems: problems.get(patientId) ?? [],
      emergencies: emergencies.map(({ fact, on, until }) => ({ fact, on, until })),
      stays: of
        .filter(({ kind }) => kind === 'stay')
        .map(({ fact, on, until, priority, source }): Stay => ({
          fact,
          on,
          until,
          urgent: isUrgent({ on, priority, source }, emergencies),
        })),
      values: {
        a1c: series('a1c'),
        systolic: series('systolic'),
        phq9: series('phq9'),
        hemoglobin: series('hemoglobin'),
        sodium: series('sodium'),
      },
    }
  })
}

const theirs = ({ practiceId, patientIds }: ReadRisk, alias: string): RawBuilder<boolean> =>
  sql`${sql.ref(`${alias}.practice_id`)} = ${practiceId} and ${sql.ref(`${alias}.patient_id`)} = any (${[...patientIds]}::uuid[])`

interface Person {
  readonly patientId: string
  readonly birthDate: Day | null
  readonly openGaps: number
  readonly lastSeenOn: Day | null
}

async function readPeople(db: Tx['db'], asked: ReadRisk): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select s.patient_id as "patientId", s.birth_date as "birthDate", s.open_gaps as "openGaps",
           greatest(s.last_visit_on, s.last_contact_on) as "lastSeenOn"
      from patient_summary s where ${theirs(asked, 's')} and not s.deceased order by s.patient_id`.execute(db)
  return rows
}

/** Problems that are neither over nor withdrawn, with the groups of all their codes: the first one may be of another vocabulary. */
async function readProblems(db: Tx['db'], asked: ReadRisk): Promise<Map<string, Problem[]>> {
  const { rows } = await sql<{ patient_id: string; fhir_id: string; codes: number[] }>`
    select f.patient_id, f.fhir_id, coalesce(v.codes, '{}') || f.code_id as codes
      from clinical_fact f
      left join resource_version v on v.practice_id = f.practice_id and v.patient_id = f.patient_id and v.type = 'Condition' and v.fhir_id = f.fhir_id
       and v.superseded_at is null and not v.withdrawn
     where ${theirs(asked, 'f')} and f.type = 'Condition' and f.part = 0 and f.sensitivity is null
       and coalesce(f.verification, '') not in ('entered-in-error', 'refuted')
       and coalesce(f.status, 'active') not in ('inactive', 'remission', 'resolved')
       and (f.ends_at is null or f.ends_at > least(now(), ${asked.today}::date + 1)) and (f.starts_on is null or f.starts_on <= ${asked.today}::date)
     order by f.patient_id, f.fhir_id`.execute(db)
  const problems = rows.map((row) => {
    const known = row.codes.flatMap((id) => [asked.codes.groups.get(id)].filter((groups) => groups !== undefined))
    return { ...row, problem: { fact: `Condition/${row.fhir_id}`, groups: known.length === 0 ? null : [...new Set(known.flat())] } }
  })
  return mapValues(
    Map.groupBy(problems, (row) => row.patient_id),
    ({ problem }) => problem,
  )
}

interface Visit {
  readonly patient_id: string
  readonly kind: 'stay' | 'emergency'
  readonly fact: string
  readonly on: Day
  readonly until: Day | null
  readonly priority: string | null
  readonly source: string | null
}

/** Hospital stays and emergency visits of three years, the newest first; how a stay began stands in the record itself. */
async function readVisits(db: Tx['db'], asked: ReadRisk): Promise<Map<string, Visit[]>> {
  const { stays, emergencies } = asked.codes
  const { rows } = await sql<Visit>`
    select f.patient_id, case when f.value_code_id = any (${[...stays]}::int[]) then 'stay' else 'emergency' end as kind,
           'Encounter/' || f.fhir_id as fact, f.starts_on as on, (f.ends_at at time zone ${asked.timeZone})::date as until,
           v.content::jsonb #>> '{priority,coding,0,code}' as priority,
           v.content::jsonb #>> '{hospitalization,admitSource,coding,0,code}' as source
      from clinical_fact f
      left join resource_version v on v.practice_id = f.practice_id and v.patient_id = f.patient_id and v.type = 'Encounter' and v.fhir_id = f.fhir_id
       and v.superseded_at is null and not v.withdrawn
     where ${theirs(asked, 'f')} and f.type = 'Encounter' and f.part = 0 and f.sensitivity is null
       and f.value_code_id = any (${[...stays, ...emergencies]}::int[])
       and coalesce(f.status, '') not in ('entered-in-error', 'cancelled', 'planned')
       and f.starts_on <= ${asked.today}::date and f.starts_on > ${asked.today}::date - 1100
     order by f.starts_on desc, f.starts_at desc, f.fhir_id`.execute(db)
  return Map.groupBy(rows, (row) => row.patient_id)
}

/** HL7 v3 ActPriority and FHIR admit-source; else the emergency room was the way in. What none of them tells is not told. */
function isUrgent({ on, priority, source }: Pick<Visit, 'on' | 'priority' | 'source'>, emergencies: readonly Visit[]): boolean | null {
  if (priority !== null && ['EM', 'UR', 'R', 'EL'].includes(priority)) return priority === 'EM' || priority === 'UR'
  if (source === 'emd' || emergencies.some((visit) => ledTo(visit, { on }))) return true
  return null
}

/** What makes a value in this unit one on the scale that the models read. A unit that is not here is another scale: the value is left out. */
const UNITS: Readonly<Partial<Record<keyof RiskChart['values'], Readonly<Record<string, number>>>>> = {
  a1c: { '%': 1 },
  systolic: { 'mm[Hg]': 1, mmHg: 1, 'mm Hg': 1 },
  hemoglobin: { 'g/dL': 1, 'g/L': 0.1 },
  sodium: { 'mmol/L': 1, 'meq/L': 1, 'mEq/L': 1 },
}

/** Without a unit a value is on the usual scale, but for an HbA1c, which is written in two as often. */
function factorOf(name: keyof RiskChart['values'], unit: string | null): number | null {
  const units = UNITS[name]
  if (!units) return 1
  return unit === null ? (name === 'a1c' ? null : 1) : (units[unit] ?? null)
}

interface ValueRow {
  readonly patient_id: string
  readonly name: string
  readonly fact: string
  readonly on: Day
  readonly value: number
}

async function readValues(db: Tx['db'], asked: ReadRisk): Promise<Map<string, ValueRow[]>> {
  const { rows } = await sql<{ patient_id: string; code_id: number; fhir_id: string; on: Day; value: string; unit: string | null }>`
    select f.patient_id, f.code_id, f.fhir_id, f.starts_on as on, f.value, f.unit from clinical_fact f
     where ${theirs(asked, 'f')} and f.type = 'Observation' and f.sensitivity is null and f.code_id = any (${[...asked.codes.values.keys()]}::int[])
       and f.value is not null and f.status in ('final', 'amended', 'corrected')
       and f.starts_on <= ${asked.today}::date and f.starts_on > ${asked.today}::date - 1100
     order by f.starts_at desc, f.fhir_id`.execute(db)
  const readings = rows.flatMap(({ patient_id, code_id, fhir_id, on, value, unit }): ValueRow[] => {
    const name = asked.codes.values.get(code_id)!
    const factor = factorOf(name, unit)
    if (factor === null) return []
    return [{ patient_id, name, fact: `Observation/${fhir_id}`, on, value: Number(value) * factor }]
  })
  return Map.groupBy(readings, (row) => row.patient_id)
}

/** Of several on one day the last. */
function newestOfDays(readings: readonly ValueRow[]): Reading[] {
  const days = new Set<Day>()
  return readings.flatMap(({ fact, on, value }) => {
    if (days.has(on)) return []
    days.add(on)
    return [{ fact, on, value }]
  })
}

const mapValues = <Key, Value, Next>(map: ReadonlyMap<Key, readonly Value[]>, next: (value: Value) => Next): Map<Key, Next[]> =>
  new Map([...map].map(([key, values]) => [key, values.map(next)]))
