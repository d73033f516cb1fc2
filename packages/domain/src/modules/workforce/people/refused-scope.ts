import type { Day, Refusal } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import type { Discipline, Duty } from '../duty.ts'
import { outOfScope, scopeOn } from './scope-rules.ts'

interface Wanted {
  readonly duty: Duty
  readonly startsOn: Day
}

/** Why somebody of the shared staff may not begin such work: by training, for want of a license, or since it is past its end. */
export async function refusedScope(
  tx: Tx,
  ctx: Ctx,
  { id, name }: { readonly id: string; readonly name: string },
  { duty, startsOn }: Wanted,
): Promise<Refusal | null> {
  const { rows } = await sql<{ discipline: Discipline; licenses: { expiresOn: Day | null }[] }>`
    select s.discipline, coalesce((select json_agg(json_build_object('expiresOn', c.expires_on)) from staff_credential c
             where c.membership_id = s.membership_id and c.kind = 'license' and c.ended_at is null), '[]') as licenses
      from staff_member s where s.membership_id = ${id}`.execute(tx.db)
  const { discipline, licenses } = rows[0] ?? { discipline: null, licenses: [] }
  const today = ctx.clock.today(ctx.region.timeZone)
  return outOfScope({ name, discipline, licenses }, duty, startsOn < today ? today : startsOn, await scopeOn(tx, startsOn))
}
