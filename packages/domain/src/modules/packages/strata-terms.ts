import { type Day, isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { boundsFault } from '#modules/quality'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { agreementFault } from './agree.ts'

/** By what figures of some years are broken down, as it was agreed on. */
export interface StrataTerm {
  readonly id: string
  readonly startsOn: Day
  readonly endsOn: Day | null
  /** The first age of each band but the lowest; null: not by age. */
  readonly ageBounds: readonly number[] | null
  readonly bySex: boolean
  readonly byZip3: boolean
  readonly agreedBy: string | null
  readonly agreedWith: string
  readonly agreedAt: string
}

export interface StrataAgreement {
  readonly startsOn: Day
  readonly endsOn?: Day | null
  readonly ageBounds?: readonly number[] | null
  readonly bySex: boolean
  readonly byZip3: boolean
  readonly agreedWith: string
  readonly idempotencyKey: string
}

/** Every term, newest first. */
export async function listStrataTerms(ctx: Ctx): Promise<StrataTerm[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<StrataTerm>`
    select t.id, t.starts_on as "startsOn", t.ends_on as "endsOn", t.age_bounds as "ageBounds", t.by_sex as "bySex", t.by_zip3 as "byZip3",
           u.name as "agreedBy", t.agreed_with as "agreedWith", t.agreed_at as "agreedAt"
      from strata_term t left join app_user u on u.id = t.agreed_by
     where ${room(ctx, 'read', 'MeasurePackage', {})} order by t.agreed_at desc, t.id desc`.execute(db)
  return rows
}

/** Agrees on by what figures of whole years are broken down. What was published stays; the next run of such a year computes with it. */
export async function agreeOnStrata(ctx: Ctx, input: StrataAgreement): Promise<StrataTerm | Refusal> {
  const { startsOn, endsOn = null, ageBounds = null, bySex, byZip3, idempotencyKey } = input
  const fault = agreementFault(input)
  if (fault) return fault
  const bands = ageBounds && boundsFault(ageBounds)
  if (bands) return refused('AgeBandsUnusable', bands)
  return ctx.write(async (tx) => {
    const id = await oncePerKey<'StrataTerm'>(tx, ctx, { operation: 'agreeOnStrata', idempotencyKey, input }, async (id) => {
      // One agreement at a time: the latest is the one that was made last.
      await sql`select pg_advisory_xact_lock(hashtext('commons measure terms'))`.execute(tx.db)
      await sql`
        insert into strata_term (id, starts_on, ends_on, age_bounds, by_sex, by_zip3, agreed_by, agreed_with, agreed_at)
        select ${id}, ${startsOn}::date, ${endsOn}::date, ${ageBounds && [...ageBounds]}::smallint[], ${bySex}, ${byZip3}, ${ctx.viewer.userId},
               ${input.agreedWith.trim()}, greatest(${ctx.clock.now().toISOString()}::timestamptz, (select max(agreed_at) from strata_term))`.execute(
        tx.db,
      )
      await keepEvent(tx, ctx, { action: 'start', subject: 'MeasurePackage', subjectIds: [id] })
      return null
    })
    if (isRefusal(id)) return id
    const term = (await listStrataTerms({ ...ctx, tx: async () => tx })).find((one) => one.id === id)
    if (!term) throw new Error(`Strata ${id} were agreed on and cannot be read.`)
    return term
  })
}
