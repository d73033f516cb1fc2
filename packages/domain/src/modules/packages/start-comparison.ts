import { type Day, type Id, isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import { askForJob, oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { type Comparison, comparisonOf } from './read-comparisons.ts'

export interface StartComparison {
  readonly beforeHash: string
  readonly afterHash: string
  readonly period: { readonly start: Day; readonly end: Day }
  readonly idempotencyKey: string
}

/** Asks for two packages to be evaluated side by side on the charts as they stand. Nothing that is published changes. */
export async function startComparison(ctx: Ctx, input: StartComparison): Promise<Comparison | Refusal> {
  const { beforeHash, afterHash, period } = input
  if (beforeHash === afterHash) return refused('SamePackage', 'These are the same version: nobody moves.')
  if (period.end < period.start) return refused('PeriodBackwards', 'A period ends after it begins.')
  const at = ctx.clock.now().toISOString()
  return ctx.write(async (tx) => {
    const there = await tx.db.selectFrom('measure_package').select('hash').where('hash', 'in', [beforeHash, afterHash]).execute()
    if (there.length < 2) return refused('PackageUnknown', 'There is no such package here.')
    const wish = { operation: 'comparePackages', idempotencyKey: input.idempotencyKey, input }
    const made = await oncePerKey<'PackageComparison'>(tx, ctx, wish, async (id: Id<'PackageComparison'>) => {
      await tx.db
        .insertInto('package_comparison')
        .values({
          ...{ id, before_hash: beforeHash, after_hash: afterHash, period_start: period.start, period_end: period.end },
          ...{ state: 'queued', requested_by: ctx.viewer.userId, requested_at: at },
        })
        .execute()
      await askForJob(tx.db, { name: 'packages.compare', subjectId: id, at })
      await keepEvent(tx, ctx, { action: 'create', subject: 'MeasurePackage', subjectIds: [id] })
      return null
    })
    if (isRefusal(made)) return made
    const found = await comparisonOf({ ...ctx, tx: async () => tx }, made)
    if (!found) throw new Error(`Comparison ${made} was asked for and cannot be read.`)
    return found
  })
}
