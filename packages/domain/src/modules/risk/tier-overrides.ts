import { type Day, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { keepEvent } from '#modules/audit'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { hasNoRisk } from './risk-room.ts'
import type { TierOverrideType } from './tier-override.graphql.ts'
import { tierRules } from './tier-tables.ts'

export interface OverrideTier {
  readonly patientId: string
  readonly tier: number
  readonly words: string
  readonly expiresOn: Day
  /** The override that the clinician saw standing; null for none. */
  readonly replaces?: string | null
  readonly idempotencyKey: string
}

const MOST_WORDS = 2000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The second step: a clinician's word on a tier, beside what was worked out. Lists follow it within a moment, until its last day. */
export function overrideTier(ctx: Ctx, input: OverrideTier): Promise<TierOverrideType | Refusal> {
  const words = input.words.trim()
  if (!(input.tier >= 0 && input.tier <= tierRules.highest))
    return Promise.resolve(refused('TierUnknown', `A tier is a whole number from 0 to ${tierRules.highest}.`))
  if (words === '' || words.length > MOST_WORDS)
    return Promise.resolve(refused('WordsMissing', `An own tier says why in 1 to ${MOST_WORDS} characters.`))
  if (input.expiresOn < ctx.clock.today(ctx.region.timeZone))
    return Promise.resolve(refused('OverrideOver', 'This tier would already be over.'))
  if (!/^[\x21-\x7e]{8,200}$/.test(input.idempotencyKey))
    return Promise.resolve(refused('IdempotencyKeyMalformed', 'An idempotency key has 8 to 200 printable characters.'))
  return ctx.write(async (tx) => {
    const chart = await chartOf(tx, ctx, input.patientId)
    if (!chart) return refused('RiskNotFound', 'There is no risk worked out of such a chart among those whose tier you can set.')
    const repeated = await sameWish(tx, ctx, { ...input, words })
    if (repeated !== undefined) return repeated ?? refused('IdempotencyKeyReused', 'This idempotency key was used for something else.')
    const [standing] = await select(tx, ctx, sql`o.patient_id = ${input.patientId} and o.ended_at is null`)
    if ((standing?.id ?? null) !== (input.replaces ?? null)) return changedMeanwhile(standing)
    if (standing) await end(tx, ctx, standing.id)
    const id = await insert(tx, ctx, { ...input, words }, chart)
    if (!id) return changedMeanwhile((await select(tx, ctx, sql`o.patient_id = ${input.patientId} and o.ended_at is null`))[0])
    await keepEvent(tx, ctx, {
      action: 'create',
      subject: 'TierOverride',
      subjectIds: [input.patientId, id],
      practiceId: chart.practice_id,
    })
    return (await select(tx, ctx, sql`o.id = ${id}`))[0]!
  })
}

const changedMeanwhile = (standing: TierOverrideType | undefined): Refusal =>
  refused(
    'OverrideChanged',
    standing
      ? `${standing.recordedBy} set tier ${standing.tier} meanwhile: “${standing.words}” Look at it, then decide.`
      : 'The tier that you saw was taken back meanwhile. Look at it again, then decide.',
  )

/** Takes an own tier back: what was worked out counts again. The row stays; doing it again changes nothing. */
export const withdrawTierOverride = (ctx: Ctx, id: string): Promise<TierOverrideType | Refusal> =>
  ctx.write(async (tx) => {
    const { rows } = await sql<{ practice_id: string; patient_id: string; open: boolean }>`
      select o.practice_id, o.patient_id, o.ended_at is null as open from tier_override o
       where o.id = ${isUuid(id) ? id : NOBODY} and ${room(ctx, 'end', 'TierOverride', { practiceId: 'o.practice_id' })}`.execute(tx.db)
    const [found] = rows
    if (!found) return refused('OverrideNotFound', 'There is no such tier among those that you can take back.')
    if (found.open) await end(tx, ctx, id)
    const subjectIds = [found.patient_id, id]
    await keepEvent(tx, ctx, { action: 'end', subject: 'TierOverride', subjectIds, practiceId: found.practice_id })
    return (await select(tx, ctx, sql`o.id = ${id}`))[0]!
  })

const end = ({ db }: Tx, ctx: Ctx, id: string) =>
  sql`
    update tier_override o set ended_at = now(), ended_by_name = ${ctx.userName}
     where o.id = ${id} and o.ended_at is null and ${room(ctx, 'end', 'TierOverride', { practiceId: 'o.practice_id' })}`.execute(db)

/** All of some charts, ended and past ones included, the newest first. */
export const tierOverridesOf = batched(async (ctx: Ctx, ids): Promise<Map<string, TierOverrideType[]>> => {
  if (hasNoRisk(ctx)) return new Map()
  return Map.groupBy(await select(await ctx.tx(), ctx, sql`o.patient_id = any (${[...ids]}::uuid[])`), ({ patientId }) => patientId)
})

type OverrideRow = Omit<TierOverrideType, 'tierTitle'> & { readonly patientId: string }

async function select({ db }: Tx, ctx: Ctx, which: RawBuilder<SqlBool>): Promise<(TierOverrideType & { readonly patientId: string })[]> {
  const today = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<OverrideRow>`
    select o.id, o.patient_id as "patientId", o.tier_before as "tierBefore", o.tier, o.words, o.expires_on as "expiresOn",
           o.recorded_by_name as "recordedBy", o.recorded_at as "recordedAt", o.ended_at as "endedAt", o.ended_by_name as "endedBy",
           o.ended_at is null and o.expires_on >= ${today}::date as live
      from tier_override o
     where ${which} and ${room(ctx, 'read', 'ClinicalRecord', { practiceId: 'o.practice_id', patientId: 'o.patient_id' })}
     order by o.recorded_at desc, o.id desc`.execute(db)
  return rows.map((row) => ({ ...row, tierTitle: tierRules.titles[row.tier]! }))
}

interface Chart {
  readonly practice_id: string
  readonly tier: number
}

async function chartOf({ db }: Tx, ctx: Ctx, patientId: string): Promise<Chart | undefined> {
  const { rows } = await sql<Chart>`
    select r.practice_id, r.tier from patient_risk r
     where r.patient_id = ${isUuid(patientId) ? patientId : NOBODY} and r.segment is not null
       and ${room(ctx, 'create', 'TierOverride', { practiceId: 'r.practice_id' })}`.execute(db)
  return rows[0]
}

async function insert({ db }: Tx, ctx: Ctx, input: OverrideTier, { practice_id, tier }: Chart): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into tier_override (id, practice_id, patient_id, tier_before, tier, words, expires_on, recorded_by, recorded_by_name, recorded_at,
                               idempotency_key)
    values (${newId<'TierOverride'>()}, ${practice_id}, ${input.patientId}, ${tier}, ${input.tier}, ${input.words}, ${input.expiresOn},
            ${ctx.viewer.userId}, ${ctx.userName}, now(), ${input.idempotencyKey})
    on conflict do nothing returning id`.execute(db)
  return rows[0]?.id ?? null
}

/** What the key was used for: the same wish, something else (null), or nothing yet. */
async function sameWish(tx: Tx, ctx: Ctx, input: OverrideTier): Promise<TierOverrideType | null | undefined> {
  const [used] = await select(tx, ctx, sql`o.idempotency_key = ${input.idempotencyKey}`)
  if (!used) return undefined
  const { patientId, tier, words, expiresOn } = used
  return patientId === input.patientId && tier === input.tier && words === input.words && expiresOn === input.expiresOn ? used : null
}

export interface TierOverrideCounts {
  readonly live: number
  readonly raised: number
  readonly lowered: number
  readonly confirmed: number
}

/** How often clinicians moved a tier among the charts in reach: where it is often, the rules deserve a look. */
export async function countTierOverrides(ctx: Ctx): Promise<TierOverrideCounts> {
  if (hasNoRisk(ctx)) return { live: 0, raised: 0, lowered: 0, confirmed: 0 }
  const { db } = await ctx.tx()
  const today = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<TierOverrideCounts>`
    select count(*) filter (where o.ended_at is null and o.expires_on >= ${today}::date)::int as live,
           count(*) filter (where o.tier > o.tier_before)::int as raised, count(*) filter (where o.tier < o.tier_before)::int as lowered,
           count(*) filter (where o.tier = o.tier_before)::int as confirmed
      from tier_override o where ${room(ctx, 'read', 'ClinicalRecord', { practiceId: 'o.practice_id', patientId: 'o.patient_id' })}`.execute(
    db,
  )
  return rows[0]!
}
