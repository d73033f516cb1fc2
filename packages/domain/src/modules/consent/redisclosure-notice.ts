import { sql } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { chartRoom, sensitiveRoom } from '#shared/room'

/** The statement that accompanies each disclosure of records under 42 CFR Part 2: 42 CFR 2.32(a)(1), as amended on 16 April 2024. */
export const REDISCLOSURE_NOTICE =
  'This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These rules prohibit you from ' +
  'using or disclosing this record, or testimony that describes the information contained in this record, in any civil, criminal, ' +
  'administrative, or legislative proceedings by any Federal, State, or local authority, against the patient, unless authorized by the ' +
  'consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In ' +
  'addition, the Federal rules prohibit you from making any other use or disclosure of this record unless at least one of the following ' +
  'applies: (i) Further use or disclosure is expressly permitted by the written consent of the individual whose information is being ' +
  'disclosed in this record or as otherwise permitted by 42 CFR part 2; (ii) You are a covered entity or business associate and have ' +
  'received the record pursuant to a consent for treatment, payment, or health care operations; or (iii) You have received the record from ' +
  'a covered entity or business associate as permitted by 45 CFR part 164, subparts A and E. A general authorization for the release of ' +
  'medical or other information is NOT sufficient to meet the required elements of written consent to further use or redisclose the record ' +
  '(see 42 CFR 2.31).'

/** The same in its short form: 42 CFR 2.32(a)(2). */
export const REDISCLOSURE_SHORT = '42 CFR part 2 prohibits unauthorized use or disclosure of these records.'

/** The notice, for charts of which the viewer sees a record under Part 2; nothing for others, so that its absence tells nothing either. */
export const redisclosureNoticeOf = batched(async (ctx: Ctx, ids): Promise<Map<string, string>> => {
  const { db } = await ctx.tx()
  const labelled = (table: 'clinical_fact' | 'resource_version') => sql`
    select v.patient_id from ${sql.table(table)} v
     where v.patient_id = any (${[...ids]}::uuid[]) and v.sensitivity = 'part2' and ${chartRoom(ctx, 'v')} and ${sensitiveRoom(ctx, 'v')}`
  const { rows } = await sql<{ patient_id: string }>`${labelled('clinical_fact')} union ${labelled('resource_version')}`.execute(db)
  return new Map(rows.map(({ patient_id }) => [patient_id, REDISCLOSURE_NOTICE]))
})
