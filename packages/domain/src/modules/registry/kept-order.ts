import type { SqlBool } from 'kysely'
import { inRegistryOpenly } from '#modules/registries'
import type { Ctx } from '#shared/context'
import { sensitiveRoom } from '#shared/room'
import { type Written, written } from '#shared/written'
import type { PatientFilter } from './patient-filter.ts'

/**
 * What narrows a list and has, beside each chart, whether the person lives and the order of risk: an index of it has the page, and the number
 * of people, without a look at anybody else's summary.
 */
export interface KeptOrder {
  /** Charts as rows `k`. */
  readonly table: Written
  /** What holds of `k`. */
  readonly holds: Written<SqlBool>
  readonly tier: number | null
  readonly practice: string | null | undefined
  /** What is left to narrow by. */
  readonly rest: PatientFilter
}

/** Null where a list is narrowed by nothing of the kind, or has the dead on it, too. */
export function keptOrderOf(ctx: Ctx, filter: PatientFilter, words: readonly string[]): KeptOrder | null {
  if (words.length > 0 || filter.inPopulation != null) return null
  const { tier = null, practice, ...others } = filter
  if (filter.condition != null)
    return {
      table: written`patient_condition`,
      holds: written`(k.condition = ${filter.condition} and not k.deceased and ${sensitiveRoom(ctx, 'k')})`,
      ...{ tier, practice },
      rest: { ...others, condition: null },
    }
  if (filter.registry != null)
    return {
      table: written`registry_membership`,
      holds: written`(not k.deceased and ${inRegistryOpenly(ctx, filter.registry, 'k')})`,
      ...{ tier, practice },
      rest: { ...others, registry: null },
    }
  return null
}
