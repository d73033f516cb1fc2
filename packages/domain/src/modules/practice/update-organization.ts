import { isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import { type MemberOrganization, readMemberOrganization } from './member-organizations.ts'
import { writeOrganization } from './write-organization.ts'

export interface OrganizationChange {
  readonly id: string
  readonly name: string
  readonly city: string | null
  /** The version that the person saw. */
  readonly version: number
}

/** Renames an organization, and agrees to a payer that records had only named. Its short name stays: files and links name it. */
export async function updateOrganization(ctx: Ctx, input: OrganizationChange): Promise<MemberOrganization | Refusal> {
  const name = shortText(input.name, 'The name')
  if (isRefusal(name)) return name
  const city = input.city?.trim() ? shortText(input.city, 'The city') : null
  if (isRefusal(city)) return city
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const present = isUuid(input.id) && (await readMemberOrganization(here, input.id))
    if (!present) return refused('OrganizationMissing', 'There is no such organization.')
    if (!(await writeOrganization(tx, ctx, { ...present, name, city, version: input.version })))
      return refused('ChangedMeanwhile', `Somebody else changed it meanwhile; it is now ${present.organization.name}.`)
    await keepEvent(tx, ctx, { action: 'update', subject: 'Organization', subjectIds: [present.id] })
    return (await readMemberOrganization(here, present.id))!
  })
}
