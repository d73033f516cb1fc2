import { sql } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { recordRoom } from '#shared/room'
import type { CareTeamMemberType } from './patient.graphql.ts'

interface TeamRow extends LabelledRow {
  readonly name: string
  readonly role: string | null
}

/** People and organizations of the active care teams of charts, as named in the newest version of each team. The patient is not listed. */
export const careTeamOf = batched(async (ctx: Ctx, ids): Promise<Map<string, CareTeamMemberType[]>> => {
  const { db } = await ctx.tx()
  const { rows } = await sql<TeamRow>`
    with team as (
      select distinct on (v.patient_id, v.fhir_id) v.practice_id, v.patient_id, v.sensitivity, v.fhir_id, v.content::jsonb as content from resource_version v
       where v.patient_id = any (${ids}::uuid[]) and v.type = 'CareTeam' and ${recordRoom(ctx, 'v', 'care-team')}
       order by v.patient_id, v.fhir_id, v.watermark desc)
    select distinct t.practice_id, t.patient_id, t.sensitivity, m #>> '{member,display}' as name,
           coalesce(m #>> '{role,0,text}', m #>> '{role,0,coding,0,display}') as role
      from team t cross join jsonb_path_query(t.content, '$.participant[*]') m
     where t.content ->> 'status' = 'active' and m #>> '{member,display}' is not null
       and coalesce(m #>> '{member,reference}', '') not like 'Patient/%' and coalesce(m #>> '{role,0,coding,0,code}', '') <> ${PATIENT_ROLE}
     order by t.patient_id, name, role`.execute(db)
  noteSensitive(ctx, rows)
  return Map.groupBy(rows, (row) => row.patient_id)
})

/** SNOMED CT: Patient (person). */
const PATIENT_ROLE = '116154003'
