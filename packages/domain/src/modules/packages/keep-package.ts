import type { OpenedPackage } from '@carecommons/cql'
import { type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'

/** Keeps a package that can be computed with as a version of its measure, for ever. The same content again is the same version. */
export async function keepPackage(ctx: Ctx, opened: OpenedPackage): Promise<{ hash: string; isNew: boolean } | Refusal> {
  const { id, url, version, title, hash, bundle, page } = opened
  return ctx.write(async (tx) => {
    // Two measures that come under one id at once: the second one finds the first.
    await sql`select pg_advisory_xact_lock(hashtext(${`measure ${id}`}))`.execute(tx.db)
    const present = await tx.db.selectFrom('measure_package').select(['hash', 'url', 'version']).where('measure_id', '=', id).execute()
    if (present.some((one) => one.hash === hash)) return { hash, isNew: false }
    const stranger = present.find((one) => one.url !== null && one.url !== url)
    if (stranger)
      return refused('MeasureIdTaken', `Another measure is here under the id ${id}: ${stranger.url}. Give this one an id of its own.`)
    if (present.some((one) => one.version === version))
      return refused('VersionTaken', `Version ${version} of ${id} is here with other content. A version never changes: raise it.`)
    await tx.db
      .insertInto('measure_package')
      .values({
        ...{ hash, measure_id: id, url, version, title: title.trim(), description: page.description, bundle, source_hash: hash },
        improvement: page.groups[0]?.improvementNotation ?? 'increase',
        loaded_at: ctx.clock.now().toISOString(),
        loaded_by: ctx.viewer.userId,
      })
      .execute()
    await keepEvent(tx, ctx, { action: 'create', subject: 'MeasurePackage', subjectIds: [] })
    return { hash, isNew: true }
  })
}
