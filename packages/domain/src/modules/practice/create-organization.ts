import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import { type MemberOrganization, readMemberOrganization } from './member-organizations.ts'
import type { OrganizationKind } from './organization.entity.ts'

export interface NewOrganization {
  readonly kind: OrganizationKind
  readonly name: string
  /** Lower case letters and digits, words joined by dashes; unique among organizations of the kind. */
  readonly slug: string
  readonly city: string | null
  readonly idempotencyKey: string
}

/** Adds a practice, payer or community partner to the region. A practice begins without agreements: its people reach no chart yet. */
export async function createOrganization(ctx: Ctx, input: NewOrganization): Promise<MemberOrganization | Refusal> {
  const { kind, slug } = input
  if (kind === 'coordinating-body') return refused('KindNotCreatable', 'A region has one coordinating body.')
  const name = shortText(input.name, 'The name')
  if (isRefusal(name)) return name
  const city = input.city?.trim() ? shortText(input.city, 'The city') : null
  if (isRefusal(city)) return city
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 60)
    return refused('SlugUnusable', 'The short name takes up to 60 lower case letters and digits, with single dashes between words.')
  return ctx.write(async (tx) => {
    const wish = { operation: 'create-organization', idempotencyKey: input.idempotencyKey, input: { kind, name, slug, city } }
    const id = await oncePerKey<'Organization'>(tx, ctx, wish, async (fresh) => {
      const [added] = await tx.db
        .insertInto('organization')
        .values({ id: fresh, region_id: ctx.region.id, kind, name, slug, city, created_at: ctx.clock.now().toISOString() })
        .onConflict((conflict) => conflict.columns(['kind', 'slug']).doNothing())
        .returning('id')
        .execute()
      if (!added) return refused('SlugTaken', `The short name ${slug} is taken; choose another.`)
      await keepEvent(tx, ctx, { action: 'create', subject: 'Organization', subjectIds: [fresh] })
      return null
    })
    return isRefusal(id) ? id : (await readMemberOrganization({ ...ctx, tx: async () => tx }, id))!
  })
}
