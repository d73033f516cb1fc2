import type { OpenedPackage } from '@carecommons/cql'
import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import { DRAFT_CHANGED, DRAFT_UNKNOWN, type Draft, draftOf, loadedValueSets } from './drafts.ts'
import { keepPackage } from './keep-package.ts'
import { packageOf, type PackageRow } from './list-packages.ts'

/** Makes a package of a draft: nothing is kept. */
export async function packageOfDraft(ctx: Ctx, draft: Draft): Promise<OpenedPackage | Refusal> {
  const built = await ctx.desk.drafts().build(draft, loadedValueSets(ctx))
  if (!built.ok) {
    const [first] = built.problems
    return refused('DraftBroken', `Line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${first?.message ?? 'It does not translate.'}`)
  }
  const opening = await ctx.desk.open(Buffer.from(JSON.stringify(built.bundle)))
  if (opening === 'busy') return refused('DeskBusy', 'Other packages are being read. Try again in a moment.')
  if (!opening.ok) return refused('DraftBroken', opening.problems.map(({ subject, message }) => `${subject}: ${message}`).join(' '))
  return opening.package
}

/** Publishes a draft as a version of its measure: from then on it is a package like any other, and not in force before it is agreed on. */
export async function publishDraft(ctx: Ctx, input: { readonly id: string; readonly version: number }): Promise<PackageRow | Refusal> {
  const draft = await draftOf(ctx, input.id)
  if (!draft) return DRAFT_UNKNOWN
  if (draft.version !== input.version) return DRAFT_CHANGED
  const opened = await packageOfDraft(ctx, draft)
  if (isRefusal(opened)) return opened
  const { db } = await ctx.tx()
  const taken = await db
    .selectFrom('measure_package')
    .select('hash')
    .where('measure_id', '=', opened.id)
    .where('version', '=', opened.version)
    .executeTakeFirst()
  if (taken && taken.hash !== opened.hash)
    return refused(
      'VersionTaken',
      `Version ${opened.version} of ${opened.id} is published with another text. Raise the version in its first line.`,
    )
  const kept = await keepPackage(ctx, opened)
  if (isRefusal(kept)) return kept
  return ctx.write(async (tx) => {
    await tx.db.updateTable('measure_draft').set({ published_hash: kept.hash }).where('id', '=', draft.id).execute()
    const found = await packageOf({ ...ctx, tx: async () => tx }, kept.hash)
    if (!found) throw new Error(`Package ${kept.hash} was published and cannot be read.`)
    return found
  })
}
