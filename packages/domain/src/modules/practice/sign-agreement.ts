import { type Day, isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { shortText } from '#shared/short-text'
import { AGREEMENT_VERSION } from './agreement-texts.ts'
import { type MemberOrganization, readMemberOrganization } from './member-organizations.ts'
import type { AgreementKind } from './organization.entity.ts'

export interface Signature {
  readonly organizationId: string
  readonly kind: AgreementKind
  /** Of the wording that the signer read. */
  readonly version: string
  readonly signedBy: string
  /** What the signer is in the practice. */
  readonly signedAs: string
  /** On paper: the day on the sheet. Electronic signatures are of today. */
  readonly signedOn: Day | null
}

/**
 * Signs an agreement for the own practice, or records what a practice signed on paper (the region). The second of the two agreements
 * makes the practice active: nothing else is waited for, and a separate step would only be forgotten.
 */
export async function signAgreement(ctx: Ctx, input: Signature): Promise<MemberOrganization | Refusal> {
  const signedBy = shortText(input.signedBy, 'The name of who signs')
  if (isRefusal(signedBy)) return signedBy
  const signedAs = shortText(input.signedAs, 'The office of who signs')
  if (isRefusal(signedAs)) return signedAs
  if (input.version !== AGREEMENT_VERSION)
    return refused('WordingReplaced', 'The wording was replaced by a newer one; read it before you sign.')
  const today = ctx.clock.today(ctx.region.timeZone)
  const isOwn = input.organizationId === ctx.viewer.organizationId
  if (isOwn && input.signedOn !== null && input.signedOn !== today) return refused('SignedOnToday', 'An electronic signature is of today.')
  if (input.signedOn !== null && input.signedOn > today) return refused('SignedInFuture', 'The day of the signature is still to come.')
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const practice = isUuid(input.organizationId) && (await readMemberOrganization(here, input.organizationId))
    if (!practice || !(await maySign(tx, ctx, practice.id))) return refused('OrganizationMissing', 'There is no such organization.')
    if (practice.organization.kind !== 'practice') return refused('NothingToSign', 'Agreements are signed by practices.')
    const [added] = await tx.db
      .insertInto('agreement')
      .values({
        organization_id: practice.id,
        kind: input.kind,
        version: AGREEMENT_VERSION,
        signed_by: signedBy,
        signed_as: signedAs,
        signed_on: input.signedOn ?? today,
        manner: isOwn ? 'electronic' : 'paper',
        recorded_by: ctx.viewer.userId,
        recorded_at: ctx.clock.now().toISOString(),
      })
      .onConflict((conflict) => conflict.columns(['organization_id', 'kind', 'version']).doNothing())
      .returning('kind')
      .execute()
    if (!added) return refused('SignedAlready', 'This agreement was signed already.')
    await keepEvent(tx, ctx, { action: 'create', subject: 'Agreement', subjectIds: [practice.id], practiceId: practice.id })
    const { rows } = await sql`select active_since from commons_activate_practice(${practice.id}, ${today})`.execute(tx.db)
    if (rows.length > 0)
      await keepEvent(tx, ctx, { action: 'start', subject: 'Organization', subjectIds: [practice.id], practiceId: practice.id })
    return (await readMemberOrganization(here, practice.id))!
  })
}

async function maySign({ db }: Tx, ctx: Ctx, organizationId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from organization o where o.id = ${organizationId} and ${room(ctx, 'create', 'Agreement', { organizationId: 'o.id' })}`.execute(
    db,
  )
  return rows.length > 0
}
