import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import type { Sessions } from '#shared/sessions'
import { askForLabels } from './ask-for-labels.ts'
import { type MemberOrganization, readMemberOrganization } from './member-organizations.ts'

/** How the labelling stands of what a practice already had when it was declared a program under 42 CFR Part 2. */
export interface Labelling {
  readonly state: 'queued' | 'done' | 'failed'
  readonly askedAt: string
  readonly finishedAt: string | null
}

/** The newest of each practice; for the region. */
export const labellingOf = batched<Labelling>(async (ctx) => {
  // Nobody else may ask the function.
  if (ctx.viewer.role !== 'region-administrator') return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<Labelling & { practice_id: string }>`
    select practice_id, state, asked_at as "askedAt", finished_at as "finishedAt" from commons_labelling()`.execute(db)
  return new Map(rows.map(({ practice_id, ...labelling }) => [practice_id, labelling]))
})

/** Wishes for the labelling once more after it was given up. It passes over what is labelled. */
export function labelAgain(ctx: Ctx, id: string): Promise<MemberOrganization | Refusal> {
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const present = isUuid(id) && (await readMemberOrganization(here, id))
    if (!present) return refused('OrganizationMissing', 'There is no such organization.')
    // Of two who press at once, the second finds it asked for.
    await sql`select pg_advisory_xact_lock(hashtext(${`label ${id}`}))`.execute(tx.db)
    const last = await labellingOf(here, id)
    if (!present.isPart2Program || last?.state !== 'failed')
      return refused('NothingGivenUp', 'Nothing was given up here: records are labelled, or about to be.')
    await askForLabels(tx, id)
    await keepEvent(tx, ctx, { action: 'update', subject: 'Organization', subjectIds: [id], practiceId: id })
    return present
  })
}

/** A practice whose records are not protected as it was declared that they are, since the job that does it was given up. */
interface GivenUp {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly failure: string | null
}

export async function labellingsGivenUp(sessions: Sessions): Promise<GivenUp[]> {
  return sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    const { rows } = await sql<GivenUp>`
      select o.id, o.name, o.slug, j.failure
        from (select distinct on (practice_id) practice_id, state, failure from job where name = 'record.label'
               order by practice_id, created_at desc, id desc) j
        join organization o on o.id = j.practice_id and o.part2_program
       where j.state = 'failed' order by o.name`.execute(db)
    return rows
  })
}
