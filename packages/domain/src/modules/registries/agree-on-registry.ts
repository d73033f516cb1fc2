import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { shortText } from '#shared/short-text'
import { type RegistryTermRow, registryTermOf } from './registry-terms.ts'

interface Agreement {
  readonly agreedWith: string
  readonly idempotencyKey: string
}

export interface RegistryActivation extends Agreement {
  readonly packageHash: string
}

export interface RegistryRetirement extends Agreement {
  readonly registry: string
}

interface Chosen {
  readonly registry: string
  readonly packageHash: string | null
}

/** Has a registry counted by a version, in all practices. Who is in it by that version alone, or no longer, comes or leaves as by definition. */
export const activateRegistry = (ctx: Ctx, input: RegistryActivation): Promise<RegistryTermRow | Refusal> =>
  agree(ctx, 'activateRegistry', input, async (tx) => {
    const { rows } = await sql<Chosen & { now: string | null }>`
      select k.registry, k.hash as "packageHash", ${inForce(sql`k.registry`)} as now from registry_package k where k.hash = ${input.packageHash}`.execute(
      tx.db,
    )
    const [found] = rows
    if (!found) return refused('DefinitionUnknown', 'There is no such definition here.')
    return found.now === found.packageHash ? refused('InForceAlready', 'This version is in force already.') : found
  })

/** Has a registry counted no more: everybody in it leaves, and the history of who was stays. */
export const retireRegistry = (ctx: Ctx, input: RegistryRetirement): Promise<RegistryTermRow | Refusal> =>
  agree(ctx, 'retireRegistry', input, async (tx) => {
    const { rows } = await sql<{ now: string | null }>`select ${inForce(sql`${input.registry}`)} as now`.execute(tx.db)
    return rows[0]!.now === null
      ? refused('NotInForce', 'There is no such registry in force.')
      : { registry: input.registry, packageHash: null }
  })

/** The version by which a registry is counted; null: it is not. */
const inForce = (registry: ReturnType<typeof sql>) => sql<string | null>`
  (select t.package_hash from registry_term t where t.registry = ${registry} order by t.agreed_at desc, t.id desc limit 1)`

async function agree(
  ctx: Ctx,
  operation: string,
  input: Agreement,
  choose: (tx: Tx) => Promise<Chosen | Refusal>,
): Promise<RegistryTermRow | Refusal> {
  const agreedWith = shortText(input.agreedWith, 'With whom it was agreed')
  if (typeof agreedWith !== 'string') return agreedWith
  return ctx.write(async (tx) => {
    const { idempotencyKey } = input
    const id = await oncePerKey<'RegistryTerm'>(tx, ctx, { operation, idempotencyKey, input }, async (fresh) => {
      // One agreement at a time: the latest is the one that was made last.
      await sql`select pg_advisory_xact_lock(hashtext('commons registry terms'))`.execute(tx.db)
      const chosen = await choose(tx)
      if (isRefusal(chosen)) return chosen
      await sql`
        insert into registry_term (id, registry, package_hash, position, agreed_by, agreed_with, agreed_at)
        select ${fresh}, ${chosen.registry}, ${chosen.packageHash},
               coalesce((select max(position) from registry_term where registry = ${chosen.registry}), (select max(position) + 1 from registry_term), 0),
               ${ctx.viewer.userId}, ${agreedWith},
               greatest(${ctx.clock.now().toISOString()}::timestamptz, (select max(agreed_at) from registry_term))`.execute(tx.db)
      await keepEvent(tx, ctx, { action: chosen.packageHash === null ? 'end' : 'start', subject: 'Registry', subjectIds: [fresh] })
      return null
    })
    return isRefusal(id) ? id : registryTermOf({ ...ctx, tx: async () => tx }, id)
  })
}
