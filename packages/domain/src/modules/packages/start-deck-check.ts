import { type Id, newId, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import { askForJob } from '#modules/work'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'

/** Keeps a deck and the ledger row of the job that runs it against a package. */
export async function startDeckCheck(
  ctx: Ctx,
  { packageHash, name, deck }: { readonly packageHash: string; readonly name: string; readonly deck: Buffer },
): Promise<Id<'DeckCheck'> | Refusal> {
  const called = shortText(name, 'The name of a deck')
  if (typeof called !== 'string') return called
  const at = ctx.clock.now().toISOString()
  return ctx.write(async (tx) => {
    const found = await tx.db.selectFrom('measure_package').select('hash').where('hash', '=', packageHash).executeTakeFirst()
    if (!found) return refused('PackageUnknown', 'There is no such package here.')
    const id = newId<'DeckCheck'>()
    await tx.db
      .insertInto('deck_check')
      .values({
        ...{ id, package_hash: packageHash, name: called, deck, state: 'queued' },
        ...{ requested_by: ctx.viewer.userId, requested_at: at },
      })
      .execute()
    await askForJob(tx.db, { name: 'packages.check-deck', subjectId: id, at })
    await keepEvent(tx, ctx, { action: 'create', subject: 'MeasurePackage', subjectIds: [id] })
    return id
  })
}
