import { type Day, isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { type Term, termOf } from './terms.ts'

interface Agreement {
  /** First and last day of calendar years; no last day: until something else is agreed on. */
  readonly startsOn: Day
  readonly endsOn?: Day | null
  readonly agreedWith: string
  readonly idempotencyKey: string
}

export interface Activation extends Agreement {
  readonly packageHash: string
  /** Which way is better. Packages say it of themselves, and published ones have it wrong at times. */
  readonly improvement: 'increase' | 'decrease'
  /** The rate to be reached, 0 to 1; null: none. */
  readonly target?: number | null
}

export interface Retirement extends Agreement {
  readonly measureId: string
}

const PACKAGE_UNKNOWN = refused('PackageUnknown', 'There is no such package here.')

/** Puts a package in force for the years agreed on. What was published stays; the next run of such a year computes with it. */
export const activateMeasure = (ctx: Ctx, input: Activation): Promise<Term | Refusal> =>
  agree(ctx, 'activateMeasure', input, async (tx) => {
    const found = await tx.db
      .selectFrom('measure_package')
      .select(['measure_id', 'improvement'])
      .where('hash', '=', input.packageHash)
      .executeTakeFirst()
    if (!found) return PACKAGE_UNKNOWN
    if (found.improvement !== input.improvement) {
      const { rows } = await sql`select from metric_run where ${input.packageHash} = any (package_hashes) limit 1`.execute(tx.db)
      if (rows.length > 0)
        return refused('DirectionFixed', 'Figures of this version are published with the other direction. Load it under another version.')
      await tx.db.updateTable('measure_package').set({ improvement: input.improvement }).where('hash', '=', input.packageHash).execute()
    }
    const target = input.target ?? null
    if (target !== null && !(target > 0 && target < 1))
      return refused('TargetUnusable', 'A target is a share of people: more than 0 % and less than 100 %.')
    return { measureId: found.measure_id, packageHash: input.packageHash, target }
  })

/** Takes a measure out of the set of the years agreed on. What was published stays. */
export const retireMeasure = (ctx: Ctx, input: Retirement): Promise<Term | Refusal> =>
  agree(ctx, 'retireMeasure', input, async (tx) => {
    const { rows } = await sql`select from measure_term where measure_id = ${input.measureId} limit 1`.execute(tx.db)
    if (rows.length === 0) return refused('MeasureUnknown', 'There is no such measure in the set.')
    return { measureId: input.measureId, packageHash: null, target: null }
  })

/** What is wrong with the years, or with whom it was agreed. */
export function agreementFault({ startsOn, endsOn, agreedWith }: Omit<Agreement, 'idempotencyKey'>): Refusal | null {
  const wholeYears = startsOn.endsWith('-01-01') && (endsOn == null || (endsOn.endsWith('-12-31') && endsOn > startsOn))
  if (!wholeYears) return refused('PeriodNotYears', 'Measures are computed over whole calendar years: from 1 January to 31 December.')
  const words = agreedWith.trim()
  if (words === '' || words.length > 200) return refused('AgreementUnnamed', 'Say with whom it was agreed, in at most 200 characters.')
  return null
}

type Chosen = { readonly measureId: string; readonly packageHash: string | null; readonly target: number | null }

async function agree(
  ctx: Ctx,
  operation: string,
  input: Agreement,
  choose: (tx: Tx) => Promise<Chosen | Refusal>,
): Promise<Term | Refusal> {
  const { startsOn, agreedWith, idempotencyKey } = input
  const endsOn = input.endsOn ?? null
  const fault = agreementFault(input)
  if (fault) return fault
  const words = agreedWith.trim()
  return ctx.write(async (tx) => {
    const id = await oncePerKey<'MeasureTerm'>(tx, ctx, { operation, idempotencyKey, input }, async (id) => {
      // One agreement at a time: the latest is the one that was made last.
      await sql`select pg_advisory_xact_lock(hashtext('commons measure terms'))`.execute(tx.db)
      const chosen = await choose(tx)
      if (isRefusal(chosen)) return chosen
      await sql`
        insert into measure_term (id, measure_id, package_hash, starts_on, ends_on, agreed_by, agreed_with, target, agreed_at, position)
        select ${id}, ${chosen.measureId}, ${chosen.packageHash}, ${startsOn}::date, ${endsOn}::date, ${ctx.viewer.userId}, ${words}, ${chosen.target}::numeric,
               greatest(${ctx.clock.now().toISOString()}::timestamptz, (select max(agreed_at) from measure_term)),
               coalesce((select max(position) from measure_term where measure_id = ${chosen.measureId}),
                        (select max(position) + 1 from measure_term), 0)`.execute(tx.db)
      await keepEvent(tx, ctx, { action: chosen.packageHash === null ? 'end' : 'start', subject: 'MeasurePackage', subjectIds: [id] })
      return null
    })
    if (isRefusal(id)) return id
    const term = await termOf({ ...ctx, tx: async () => tx }, id)
    if (!term) throw new Error(`Term ${id} was agreed on and cannot be read.`)
    return term
  })
}
