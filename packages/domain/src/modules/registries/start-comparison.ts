import { type Id, isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { askForJob, oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { REGISTRIES_IN_FORCE } from './ask-for-pass.ts'
import { comparisonOf, type RegistryComparisonRow } from './read-comparisons.ts'

export interface CompareRegistry {
  readonly packageHash: string
  readonly idempotencyKey: string
}

/** Asks who would come into a registry and who would leave it if this version were put in force. Nobody does by that. */
export async function startRegistryComparison(ctx: Ctx, input: CompareRegistry): Promise<RegistryComparisonRow | Refusal> {
  const at = ctx.clock.now().toISOString()
  return ctx.write(async (tx) => {
    const wish = { operation: 'compareRegistry', idempotencyKey: input.idempotencyKey, input }
    const id = await oncePerKey<'RegistryComparison'>(tx, ctx, wish, async (fresh: Id<'RegistryComparison'>) => {
      const { rows } = await sql<{ registry: string; now: string | null }>`
        select k.registry, f.package_hash as now from registry_package k left join ${REGISTRIES_IN_FORCE} f on f.registry = k.registry
         where k.hash = ${input.packageHash}`.execute(tx.db)
      const [found] = rows
      if (!found) return refused('DefinitionUnknown', 'There is no such definition here.')
      if (found.now === input.packageHash) return refused('InForceAlready', 'This version is in force: nobody would move.')
      await tx.db
        .insertInto('registry_comparison')
        .values({
          ...{ id: fresh, registry: found.registry, before_hash: found.now, after_hash: input.packageHash },
          ...{ state: 'queued', requested_by: ctx.viewer.userId, requested_at: at },
        })
        .execute()
      await askForJob(tx.db, { name: 'registries.compare', subjectId: fresh, at })
      await keepEvent(tx, ctx, { action: 'create', subject: 'Registry', subjectIds: [fresh] })
      return null
    })
    return isRefusal(id) ? id : comparisonOf({ ...ctx, tx: async () => tx }, id)
  })
}
