import { createHash } from 'node:crypto'
import { type Id, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'

interface Wish {
  /** Name of the operation. */
  readonly operation: string
  readonly idempotencyKey: string
  /** All that was asked for. */
  readonly input: object
}

/**
 * Makes a thing once however often the same person asks for it under the same key, also at the same time; answers its id. Another wish
 * under the key is refused. What is refused leaves the key free.
 */
export async function oncePerKey<Kind extends string>(
  { db }: Tx,
  ctx: Ctx,
  { operation, idempotencyKey, input }: Wish,
  make: (id: Id<Kind>) => Promise<Refusal | null>,
): Promise<Id<Kind> | Refusal> {
  if (!/^[\x21-\x7e]{8,200}$/.test(idempotencyKey))
    return refused('IdempotencyKeyUnusable', 'An idempotency key has 8 to 200 printable characters without spaces.')
  const hash = createHash('sha256')
    .update(JSON.stringify([operation, input]))
    .digest()
  const id = newId<Kind>()
  const own = { user_id: ctx.viewer.userId, key: idempotencyKey }
  const [kept] = await db
    .insertInto('kept_wish')
    .values({ ...own, wish_hash: hash, made_id: id, at: ctx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .returning('made_id')
    .execute()
  if (!kept) {
    const before = await db
      .selectFrom('kept_wish')
      .select(['made_id', 'wish_hash'])
      .where('user_id', '=', own.user_id)
      .where('key', '=', own.key)
      .executeTakeFirstOrThrow()
    return hash.equals(before.wish_hash)
      ? (before.made_id as Id<Kind>)
      : refused('IdempotencyKeyReused', 'This idempotency key was used for something else.')
  }
  const refusal = await make(id)
  if (!isRefusal(refusal)) return id
  await db.deleteFrom('kept_wish').where('user_id', '=', own.user_id).where('key', '=', own.key).execute()
  return refusal
}
