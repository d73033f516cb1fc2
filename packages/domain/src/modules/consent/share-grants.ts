import { type Day, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { isOpen, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { organizationAs } from './organization-as.ts'
import { chartNotFound, reachedChart, uuidOrNobody } from './reached-chart.ts'
import { endOfDay } from './record-consent.ts'
import { isShareCategory, type SensitiveCategory, sensitiveCategories, type ShareCategory, typesOf } from './share-category.ts'
import type { ShareBasis } from './share-grant.entity.ts'
import { keyRefusal, keyReused } from './words.ts'

export interface ShareChart {
  readonly patientId: string
  readonly recipientId: string
  readonly categories: readonly string[]
  readonly basis: ShareBasis
  /** The last day. */
  readonly expiresOn: Day
  readonly idempotencyKey: string
}

export interface ShareGrantRow {
  readonly id: string
  readonly patientId: string
  readonly recipient: OrganizationRow
  readonly categories: readonly ShareCategory[]
  readonly basis: ShareBasis
  readonly expiresAt: string
  readonly grantedByName: string
  readonly grantedAt: string
  readonly endedAt: string | null
  readonly endedByName: string | null
  readonly isOpen: boolean
}

/** Opens named categories of one chart to another active practice. A sensitive one only while the patient's consent to it lives. */
export function shareChart(ctx: Ctx, input: ShareChart): Promise<ShareGrantRow | Refusal> {
  const refusal = refusalOf(ctx, input)
  if (refusal) return Promise.resolve(refusal)
  return ctx.write(async (tx) => {
    const chart = await reachedChart(tx, ctx, input.patientId)
    if (!chart) return chartNotFound()
    const recipient = await sql`
      select from organization o
       where o.id = ${uuidOrNobody(input.recipientId)} and o.id <> ${chart.practiceId} and o.kind = 'practice' and o.active_since is not null`.execute(
      tx.db,
    )
    if (recipient.rows.length === 0) return refused('RecipientUnknown', 'A chart is shared with another active practice of the region.')
    const missing = await withoutConsent(tx, input, chart.practiceId)
    if (missing)
      return refused(
        'ConsentMissing',
        `Records labelled ${missing} are shared once a written consent of the patient to that practice is recorded.`,
      )
    const id = await insert(tx, ctx, input, chart.practiceId)
    if (isRefusal(id)) return id
    await keepEvent(tx, ctx, { action: 'create', subject: 'ShareGrant', subjectIds: [input.patientId, id], practiceId: chart.practiceId })
    return await grantById(tx, ctx, id)
  })
}

/** Ends a grant: the other practice reads nothing more from the next statement on. Ending it again changes nothing. */
export const endShareGrant = (ctx: Ctx, id: string): Promise<ShareGrantRow | Refusal> =>
  ctx.write(async (tx) => {
    // Whom it opens the chart to knows the grant, too, and does not end it.
    const mine = sql`g.id = ${uuidOrNobody(id)} and g.practice_id = any (${[...ctx.viewer.practiceIds]}::uuid[])
         and ${room(ctx, 'end', 'ShareGrant', { practiceId: 'g.practice_id' })}`
    await sql`update share_grant g set ended_at = now(), ended_by_name = ${ctx.userName} where ${mine} and g.ended_at is null`.execute(
      tx.db,
    )
    const { rows } = await sql<{ id: string; practice_id: string; patient_id: string }>`
      select g.id, g.practice_id, g.patient_id from share_grant g where ${mine}`.execute(tx.db)
    const [ended] = rows
    if (!ended) return refused('ShareGrantNotFound', 'There is no such grant among those that you can end.')
    await keepEvent(tx, ctx, {
      action: 'end',
      subject: 'ShareGrant',
      subjectIds: [ended.patient_id, ended.id],
      practiceId: ended.practice_id,
    })
    return await grantById(tx, ctx, ended.id)
  })

/** To whom charts are and were shared, newest first. */
export const shareGrantsOf = batched(async (ctx: Ctx, ids): Promise<Map<string, ShareGrantRow[]>> => {
  const rows = await select(await ctx.tx(), ctx, sql`g.patient_id = any (${[...ids]}::uuid[])`)
  return Map.groupBy(rows, ({ patientId }) => patientId)
})

function refusalOf(ctx: Ctx, { categories, expiresOn, idempotencyKey }: ShareChart): Refusal | null {
  if (categories.length === 0 || !categories.every(isShareCategory))
    return refused('CategoriesMissing', 'A grant names at least one of the known categories.')
  if (typesOf(categories.filter(isShareCategory)).length === 0)
    return refused('CategoriesMissing', 'A sensitive category is shared together with the kind of record it stands in, such as problems.')
  if (expiresOn < ctx.clock.today(ctx.region.timeZone)) return refused('GrantOver', 'This grant would already be over.')
  return keyRefusal(idempotencyKey)
}

/** The first sensitive category named without a live consent to the recipient. */
async function withoutConsent(
  tx: Tx,
  { patientId, recipientId, categories }: ShareChart,
  practiceId: string,
): Promise<SensitiveCategory | null> {
  const { rows } = await sql<{ category: string }>`
    select distinct c.category from consent c
     where c.practice_id = ${practiceId} and c.patient_id = ${patientId} and c.recipient_id = ${recipientId} and c.category is not null and ${isOpen('c')}`.execute(
    tx.db,
  )
  return sensitiveCategories.find((one) => categories.includes(one) && !rows.some(({ category }) => category === one)) ?? null
}

async function insert(tx: Tx, ctx: Ctx, input: ShareChart, practiceId: string): Promise<string | Refusal> {
  const categories = [...new Set(input.categories.filter(isShareCategory))].sort()
  const { rows } = await sql<{ id: string }>`
    insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                             granted_at, idempotency_key)
    values (${newId<'ShareGrant'>()}, ${practiceId}, ${input.patientId}, ${input.recipientId}, ${categories}::text[], ${typesOf(categories)}::text[],
            ${input.basis}, ${endOfDay(input.expiresOn, ctx.region.timeZone)}, ${ctx.viewer.userId}, ${ctx.userName}, now(), ${input.idempotencyKey})
    on conflict (practice_id, idempotency_key) do nothing returning id`.execute(tx.db)
  if (rows[0]) return rows[0].id
  const same = await sql<{ id: string }>`
    select id from share_grant where practice_id = ${practiceId} and idempotency_key = ${input.idempotencyKey} and patient_id = ${input.patientId}
       and recipient_id = ${input.recipientId} and categories = ${categories}::text[] and basis = ${input.basis}`.execute(tx.db)
  return same.rows[0]?.id ?? keyReused()
}

async function grantById(tx: Tx, ctx: Ctx, id: string): Promise<ShareGrantRow> {
  const [row] = await select(tx, ctx, sql`g.id = ${id}`)
  if (!row) throw new Error('A grant that was just written is not there.')
  return row
}

async function select(tx: Tx, ctx: Ctx, which: ReturnType<typeof sql>): Promise<ShareGrantRow[]> {
  const { rows } = await sql<ShareGrantRow>`
    select g.id, g.patient_id as "patientId", ${organizationAs('o')} as recipient, g.categories, g.basis, g.expires_at as "expiresAt",
           g.granted_by_name as "grantedByName", g.granted_at as "grantedAt", g.ended_at as "endedAt", g.ended_by_name as "endedByName",
           (${isOpen('g')}) as "isOpen"
      from share_grant g join organization o on o.id = g.recipient_id
     where ${which} and ${room(ctx, 'read', 'ShareGrant', { practiceId: 'g.practice_id', patientId: 'g.patient_id' })}
     order by g.granted_at desc, g.id desc`.execute(tx.db)
  return rows
}
