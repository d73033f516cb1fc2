import { type Day, type Id, isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import { askForJob, oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { DRAFT_CHANGED, DRAFT_UNKNOWN, draftOf } from './drafts.ts'
import { packageOfDraft } from './publish-draft.ts'
import { type TrialRow, trialOf } from './read-trials.ts'

interface TryDraft {
  readonly id: string
  readonly version: number
  readonly period: { readonly start: Day; readonly end: Day }
  readonly idempotencyKey: string
}

/** Asks for a trial of a draft on a random sample of charts: counts come back, suppressed, and nothing else. */
export async function tryDraft(ctx: Ctx, input: TryDraft): Promise<TrialRow | Refusal> {
  const draft = await draftOf(ctx, input.id)
  if (!draft) return DRAFT_UNKNOWN
  if (draft.version !== input.version) return DRAFT_CHANGED
  if (input.period.end < input.period.start) return refused('PeriodBackwards', 'A period ends after it begins.')
  const opened = await packageOfDraft(ctx, draft)
  if (isRefusal(opened)) return opened
  const at = ctx.clock.now().toISOString()
  return ctx.write(async (tx) => {
    const made = await oncePerKey<'DraftTrial'>(tx, ctx, { operation: 'tryDraft', ...input, input }, async (id: Id<'DraftTrial'>) => {
      await tx.db
        .insertInto('draft_trial')
        .values({
          ...{ id, draft_id: draft.id, bundle: opened.bundle, period_start: input.period.start, period_end: input.period.end },
          ...{ state: 'queued', requested_by: ctx.viewer.userId, requested_at: at },
        })
        .execute()
      await askForJob(tx.db, { name: 'packages.try-draft', subjectId: id, at })
      await keepEvent(tx, ctx, { action: 'create', subject: 'MeasurePackage', subjectIds: [id] })
      return null
    })
    if (isRefusal(made)) return made
    const found = await trialOf({ ...ctx, tx: async () => tx }, made)
    if (!found) throw new Error(`Trial ${made} was asked for and cannot be read.`)
    return found
  })
}
