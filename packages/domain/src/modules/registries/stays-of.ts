import { sql } from 'kysely'
import { factWords, type RecordContent } from '#modules/quality'
import type { Sensitivity } from '#modules/record'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { recordRoom } from '#shared/room'
import type { RegistryReason } from './registries.entity.ts'
import type { RegistryStayType } from './registries.graphql.ts'

interface Row extends LabelledRow, Omit<RegistryStayType, 'enteredReasons' | 'leftClauses' | 'sensitivity'> {
  readonly sensitivity: Sensitivity | null
  readonly watermark: string
  readonly entered: readonly RegistryReason[]
  readonly taken: readonly RegistryReason[] | null
}

/** Which registries charts are in, and were: those that go on first, then by when they ended. */
export const staysOf = batched(async (ctx: Ctx, patientIds): Promise<Map<string, RegistryStayType[]>> => {
  // Never part of what is shared.
  if (ctx.guest) return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select m.practice_id, m.patient_id, m.sensitivity, m.id, m.registry, k.title, k.version, m.entered_on::text as "enteredOn",
           m.entered_by as "enteredBy", m.left_on::text as "leftOn", m.left_by as "leftBy", m.entered_watermark::text as watermark,
           m.entered_reasons as entered, m.left_reasons as taken
      from registry_membership m join registry_package k on k.hash = m.entered_hash
     where m.patient_id = any (${[...patientIds]}::uuid[]) and ${recordRoom(ctx, 'm', null)}
     order by m.left_on desc nulls first, k.title, m.id desc`.execute(db)
  noteSensitive(ctx, rows)
  const facts = await factsOf(ctx, rows)
  const stays = Map.groupBy(rows, ({ patient_id }) => patient_id)
  return new Map(
    [...stays].map(([id, of]) => [
      id,
      of.map(({ entered, taken, ...stay }) => ({
        ...stay,
        enteredReasons: entered.map(({ clause, facts: found }) => ({
          clause,
          facts: found.flatMap((reference) => facts.get(`${stay.id} ${reference}`) ?? []),
        })),
        leftClauses: (taken ?? []).map(({ clause }) => clause),
      })),
    ]),
  )
})

type Fact = RegistryStayType['enteredReasons'][number]['facts'][number]

/** The records that stays began with, as they stood then and as far as the viewer may read them, by stay and `Type/id`. */
async function factsOf(ctx: Ctx, stays: readonly Row[]): Promise<Map<string, Fact>> {
  const asked = stays.flatMap(({ id, practice_id, patient_id, watermark, entered }) =>
    [...new Set(entered.flatMap(({ facts }) => facts))].map((reference) => ({ id, practice_id, patient_id, watermark, reference })),
  )
  if (asked.length === 0) return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<LabelledRow & { stay: string; reference: string; content: string; sensitivity: Sensitivity | null }>`
    select distinct on (a.stay, a.reference) a.stay, a.reference, v.practice_id, v.patient_id, v.content, v.sensitivity
      from unnest(${asked.map(({ id }) => id)}::uuid[], ${asked.map((one) => one.practice_id)}::uuid[], ${asked.map((one) => one.patient_id)}::uuid[],
                  ${asked.map(({ watermark }) => watermark)}::bigint[], ${asked.map(({ reference }) => reference)}::text[])
           a (stay, practice_id, patient_id, watermark, reference)
      join resource_version v on v.practice_id = a.practice_id and v.patient_id = a.patient_id and v.type = split_part(a.reference, '/', 1)
       and v.fhir_id = split_part(a.reference, '/', 2) and v.watermark <= a.watermark and not v.withdrawn
     where ${recordRoom(ctx, 'v', null)}
     order by a.stay, a.reference, v.watermark desc`.execute(db)
  noteSensitive(ctx, rows)
  return new Map(
    rows.map(({ stay, reference, content, sensitivity }) => [
      `${stay} ${reference}`,
      { reference, ...factWords(JSON.parse(content) as RecordContent), sensitivity },
    ]),
  )
}
