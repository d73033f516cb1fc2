import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import { endNow } from '#modules/identity'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { readSystem, type SystemRead } from './list-systems.ts'

const UNKNOWN = refused('SystemNotFound', 'There is no such system.')

/** Ends a system: the next request with any of its tokens is refused. Ended twice is ended once. */
export async function endSystem(ctx: Ctx, id: string): Promise<SystemRead | Refusal> {
  if (!isUuid(id)) return UNKNOWN
  return ctx.write(async (tx) => {
    const at = ctx.clock.now().toISOString()
    const ended = await tx.db
      .updateTable('system_client')
      .set({ ended_at: at })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .where(room(ctx, 'end', 'SystemClient', {}))
      .returning('membership_id')
      .executeTakeFirst()
    if (ended) {
      await endNow(tx, ctx.clock, ended.membership_id)
      await keepEvent(tx, ctx, { action: 'end', subject: 'SystemClient', subjectIds: [id] })
    }
    return (await readSystem(ctx, tx, id)) ?? UNKNOWN
  })
}
