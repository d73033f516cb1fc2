import { conditionGroups } from '@carecommons/cql'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { chartRoom, recordRoom } from '#shared/room'
import { written } from '#shared/written'
import { ACTIVE_FIRST, chartFacts, type FactRow, NEWEST_FIRST } from './chart-facts.ts'
import type {
  AllergyEntryType,
  ConditionGroupType,
  CoveragePeriodType,
  EncounterEntryType,
  ImmunizationEntryType,
  MedicationEntryType,
  ProblemType,
} from './patient.graphql.ts'

/** Condition groups that charts carry, in the registry's order. */
export const conditionsOf = batched(async (ctx: Ctx, ids): Promise<Map<string, ConditionGroupType[]>> => {
  const { db } = await ctx.tx()
  const { rows } = await db.executeQuery(carriedBy(ctx, ids))
  noteSensitive(ctx, rows)
  const carried = Map.groupBy(rows, (row) => row.patient_id)
  return mapValues(carried, (of) =>
    conditionGroups.filter(({ key }) => of.some(({ condition }) => condition === key)).map(({ key, title }) => ({ key, title })),
  )
})

const GROUPS = conditionGroups.map(({ key }) => key)

const carriedBy = (ctx: Ctx, ids: readonly string[]) => written<LabelledRow & { readonly condition: string }>`
  select c.practice_id, c.patient_id, c.condition, c.sensitivity from patient_condition c
   where c.patient_id = any (${ids}::uuid[]) and c.condition = any (${GROUPS}::text[]) and ${recordRoom(ctx, 'c', 'problems')}`

/** Who paid, newest first. */
export const coverageOf = batched(async (ctx: Ctx, ids): Promise<Map<string, CoveragePeriodType[]>> => {
  // Never part of what is shared.
  if (ctx.guest) return new Map()
  const { db } = await ctx.tx()
  const rows = await db
    .selectFrom('coverage as v')
    .leftJoin('organization as o', 'o.id', 'v.payer_id')
    .select(['v.patient_id', 'v.starts_on', 'v.ends_on', 'v.payer_id', 'o.name'])
    .where('v.patient_id', 'in', [...ids])
    .where(chartRoom(ctx, 'v'))
    .orderBy('v.starts_on', 'desc')
    .execute()
  return mapValues(
    Map.groupBy(rows, (row) => row.patient_id),
    (of) => of.map((row) => ({ payer: row.name, uninsured: row.payer_id === null, start: row.starts_on, end: row.ends_on })),
  )
})

const listOf = <Entry>(asked: Parameters<typeof chartFacts>[2], entryOf: (row: FactRow) => Entry) =>
  batched(async (ctx: Ctx, ids): Promise<Map<string, Entry[]>> => mapValues(await chartFacts(ctx, ids, asked), (rows) => rows.map(entryOf)))

const conceptAt = (element: string) => sql`jsonb_build_object('concept', r.record -> ${element}::text)`

/** The medicine stands in the order, in a Medication that rides inside it, or is only named by the reference to one. */
const MEDICATION = sql`jsonb_build_object('concept', coalesce(
  r.record -> 'medicationCodeableConcept',
  jsonb_path_query_first(r.record, '$.contained[*] ? (@.resourceType == "Medication" && @.id == $id).code',
    jsonb_build_object('id', substr(r.record #>> '{medicationReference,reference}', 2))),
  jsonb_build_object('text', r.record #> '{medicationReference,display}')))`

export const problemsOf = listOf(
  { type: 'Condition', category: 'problems', orderBy: ACTIVE_FIRST, told: conceptAt('code') },
  (row): ProblemType => ({
    id: row.fhir_id,
    text: row.text,
    code: row.code,
    system: row.system,
    clinicalStatus: row.status,
    onset: row.starts_on,
    abatement: row.ends_on,
    sensitivity: row.sensitivity,
  }),
)

export const medicationsOf = listOf(
  { type: 'MedicationRequest', category: 'medications', orderBy: ACTIVE_FIRST, told: MEDICATION },
  (row): MedicationEntryType => ({
    id: row.fhir_id,
    text: row.text,
    status: row.status,
    authoredOn: row.starts_on,
    sensitivity: row.sensitivity,
  }),
)

export const immunizationsOf = listOf(
  { type: 'Immunization', category: 'immunizations', orderBy: NEWEST_FIRST, told: conceptAt('vaccineCode') },
  (row): ImmunizationEntryType => ({
    id: row.fhir_id,
    text: row.text,
    on: row.starts_on,
    sensitivity: row.sensitivity,
  }),
)

/** The newest 200 at most. An encounter without a start cannot be placed and is left out. */
export const encountersOf = batched(async (ctx: Ctx, ids): Promise<Map<string, EncounterEntryType[]>> => {
  const facts = await chartFacts(ctx, ids, {
    type: 'Encounter',
    category: 'encounters',
    orderBy: NEWEST_FIRST,
    told: sql`jsonb_build_object('concept', r.record #> '{type,0}', 'class', r.record #> '{class,code}')`,
    started: true,
    most: 200,
  })
  return mapValues(facts, (rows) =>
    rows.map((row) => ({
      id: row.fhir_id,
      text: row.text,
      class: row.told?.class ?? null,
      start: row.starts_at!,
      end: row.ends_at,
      sensitivity: row.sensitivity,
    })),
  )
})

export const allergiesOf = listOf(
  {
    type: 'AllergyIntolerance',
    category: 'allergies',
    orderBy: ACTIVE_FIRST,
    told: sql`jsonb_build_object('concept', r.record -> 'code', 'criticality', r.record -> 'criticality', 'recorded', r.record -> 'recordedDate')`,
  },
  (row): AllergyEntryType => ({
    id: row.fhir_id,
    text: row.text,
    criticality: row.told?.criticality ?? null,
    recorded: dayIn(row.told?.recorded) ?? row.starts_on,
    sensitivity: row.sensitivity,
  }),
)

/** The day that a FHIR date names; one of a year or a month only names none. */
const dayIn = (date: string | null | undefined): Day | null => (date && date.length >= 10 ? (date.slice(0, 10) as Day) : null)

const mapValues = <Key, Value, Next>(map: ReadonlyMap<Key, Value>, next: (value: Value, key: Key) => Next): Map<Key, Next> =>
  new Map([...map].map(([key, value]) => [key, next(value, key)]))
