import { type Id, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent, keepJobEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { Sessions } from '#shared/sessions'
import { askForLabels } from './ask-for-labels.ts'
import { labellingsGivenUp } from './labelling.ts'
import { type MemberOrganization, readMemberOrganization } from './member-organizations.ts'
import { writeOrganization } from './write-organization.ts'

export interface Part2Change {
  readonly id: string
  readonly isPart2Program: boolean
  /** The version that the person saw. */
  readonly version: number
}

/**
 * Says whether a practice is a program under 42 CFR Part 2 (42 CFR 2.11). What is here is labelled by a job that is wished for in the same
 * transaction, what arrives from now on as it lands. A label once put stays when the practice is no program any more.
 */
export function setPart2Program(ctx: Ctx, { id, isPart2Program, version }: Part2Change): Promise<MemberOrganization | Refusal> {
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const present = isUuid(id) && (await readMemberOrganization(here, id))
    if (!present) return refused('OrganizationMissing', 'There is no such organization.')
    if (present.organization.kind !== 'practice') return refused('NoPractice', 'Only a practice can be a program under 42 CFR Part 2.')
    const { name, city } = present.organization
    if (!(await writeOrganization(tx, ctx, { ...present, name, city, version, isPart2Program })))
      return refused('ChangedMeanwhile', 'Somebody else changed this practice meanwhile; look at it again.')
    // In the practice's own audit too: it is about its records.
    await keepEvent(tx, ctx, { action: 'update', subject: 'Organization', subjectIds: [id], practiceId: id })
    if (isPart2Program) await askForLabels(tx, id)
    return (await readMemberOrganization(here, id))!
  })
}

/** The same from the command line; answers whether anything changed, or what was given up is tried once more. */
export async function declarePart2Program(
  sessions: Sessions,
  id: Id<'Organization'>,
  isPart2Program: boolean,
): Promise<'changed' | 'again' | 'as it was'> {
  const isGivenUp = isPart2Program && (await labellingsGivenUp(sessions)).some((one) => one.id === id)
  return sessions.within({ kind: 'worker', practiceIds: [id] }, async ({ db }) => {
    const changed = await db
      .updateTable('organization')
      .set((is) => ({ part2_program: isPart2Program, version: is('version', '+', 1) }))
      .where('id', '=', id)
      .where('kind', '=', 'practice')
      .where('part2_program', '!=', isPart2Program)
      .returning('id')
      .executeTakeFirst()
    if (isPart2Program && (changed || isGivenUp)) await askForLabels({ db }, id)
    if (changed || isGivenUp) await keepJobEvent(db, { action: 'update', subject: 'Organization', subjectIds: [id], practiceId: id })
    return changed ? 'changed' : isGivenUp ? 'again' : 'as it was'
  })
}
