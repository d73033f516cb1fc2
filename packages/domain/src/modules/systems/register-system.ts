import { isSystemScope, type RoleName, roleNames, rolePages, scopesOfRole, type SystemScope } from '@carecommons/access'
import { type Id, isRefusal, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { agreeToPayer } from '#modules/practice'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { keyAddress } from './key-address.ts'
import { type PublicKey, registeredKeys } from './key-set.ts'
import { readSystem, type SystemRead } from './list-systems.ts'
import { systemAddress } from './system-address.ts'

export interface NewSystem {
  readonly organizationId: string
  readonly name: string
  readonly scopes: readonly string[]
  /** One of the two: where the public keys are published, or the key set itself as JSON. */
  readonly jwksUrl: string | null
  readonly jwks: string | null
  readonly idempotencyKey: string
}

interface Checked {
  readonly organizationId: string
  readonly name: string
  readonly role: RoleName
  readonly scopes: readonly SystemScope[]
  readonly jwksUrl: string | null
  readonly keys: readonly PublicKey[] | null
}

/** Lets a program of a payer or a practice sign in with its own key. The organization decides its role, the role what it may be given. */
export async function registerSystem(ctx: Ctx, wanted: NewSystem): Promise<SystemRead | Refusal> {
  return ctx.write(async (tx) => {
    const checked = await check(tx, ctx, wanted)
    if (isRefusal(checked)) return checked
    const wish = { operation: 'register-system', idempotencyKey: wanted.idempotencyKey, input: checked }
    const id = await oncePerKey<'SystemClient'>(tx, ctx, wish, async (fresh) => {
      await keep(tx, ctx, fresh, checked)
      return null
    })
    if (isRefusal(id)) return id
    return (await readSystem(ctx, tx, id)) ?? refused('SystemUnreadable', 'The system was registered; your role cannot read it.')
  })
}

async function check(
  { db }: Tx,
  { mayFetch }: Ctx,
  { organizationId, name, scopes, jwksUrl, jwks }: NewSystem,
): Promise<Checked | Refusal> {
  const spoken = name.trim()
  if (!/^[^\p{C}]{2,100}$/u.test(spoken)) return refused('NameUnusable', 'A name has 2 to 100 characters on one line.')
  const organization = isUuid(organizationId)
    ? await db.selectFrom('organization').select('kind').where('id', '=', organizationId).executeTakeFirst()
    : undefined
  const role =
    organization && roleNames.find((one) => rolePages[one].holder === 'system' && rolePages[one].organizationKind === organization.kind)
  if (!role) return refused('OrganizationWithoutSystems', 'Choose a payer or a practice of the region.')
  const covered = scopesOfRole(role)
  const given = [...new Set(scopes)]
  if (given.length === 0 || !given.every((scope): scope is SystemScope => isSystemScope(scope) && covered.includes(scope)))
    return refused('ScopeTooWide', `A system of this organization may be given: ${covered.join(', ')}.`)
  if ((jwksUrl === null) === (jwks === null))
    return refused('KeysMissing', 'Give the address of a key set or the key set itself, not both.')
  if (jwksUrl !== null) {
    const address = keyAddress(jwksUrl, mayFetch)
    return isRefusal(address) ? address : { organizationId, name: spoken, role, scopes: given, jwksUrl: address, keys: null }
  }
  const keys = await registeredKeys(jwks!)
  return isRefusal(keys) ? keys : { organizationId, name: spoken, role, scopes: given, jwksUrl: null, keys }
}

/** Writes user, membership and client. */
async function keep(tx: Tx, ctx: Ctx, id: Id<'SystemClient'>, checked: Checked): Promise<void> {
  const { db } = tx
  await agreeToPayer(tx, checked.organizationId)
  const [userId, membershipId, at] = [newId<'User'>(), newId<'Membership'>(), ctx.clock.now().toISOString()]
  await db
    .insertInto('app_user')
    .values({ id: userId, name: checked.name, email: systemAddress(id), created_at: at })
    .execute()
  const starts_on = ctx.clock.today(ctx.region.timeZone)
  const membership = { id: membershipId, user_id: userId, organization_id: checked.organizationId, role: checked.role, starts_on }
  await db.insertInto('membership').values(membership).execute()
  await db
    .insertInto('system_client')
    .values({
      id,
      membership_id: membershipId,
      jwks_url: checked.jwksUrl,
      jwks: checked.keys && sql`${JSON.stringify({ keys: checked.keys })}::jsonb`,
      scopes: sql<string[]>`${[...checked.scopes]}::text[]`,
      created_by: ctx.viewer.userId,
      created_at: at,
    })
    .execute()
  await keepEvent(tx, ctx, { action: 'create', subject: 'SystemClient', subjectIds: [id] })
}
