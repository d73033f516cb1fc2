import { isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent, keepEvents } from '#modules/audit'
import type { Act, Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { type CaseRow, casesOf, momentOf, todayOf } from './read-caseload.ts'

export interface CaseSeen {
  readonly id: string
  /** The version that the person saw. */
  readonly version: number
}

export interface AssignLead {
  readonly cases: readonly CaseSeen[]
  /** A care manager's membership; null: nobody leads them any more. */
  readonly leadId: string | null
}

/**
 * `not-assigned`: the lead does not work for the practice. `not-permitted`, `license-missing`, `license-expired`: the lead takes nobody new.
 * `led-elsewhere`: the person has a lead in the region.
 */
export type CaseOutcome =
  | ('ready' | 'missing' | 'closed' | 'changed' | 'not-assigned')
  | ('not-permitted' | 'license-missing' | 'license-expired' | 'led-elsewhere')

export interface CaseJudged {
  readonly id: string
  readonly outcome: CaseOutcome
}

/** Nothing was moved: what stood in the way, and how the cases that changed stand now. */
export interface LeadNotAssigned {
  readonly kind: 'LeadNotAssigned'
  readonly message: string
  readonly judged: readonly CaseJudged[]
  readonly now: readonly CaseRow[]
}

export interface LeadAssigned {
  readonly kind: 'LeadAssigned'
  readonly cases: readonly CaseRow[]
}

const MOST_AT_ONCE = 500

/** Gives cases another lead care manager: all of them or none. */
export async function assignLead(ctx: Ctx, input: AssignLead): Promise<LeadAssigned | LeadNotAssigned | Refusal> {
  const { cases, leadId } = input
  const refusal = unfit(input)
  if (refusal) return refusal
  try {
    return await ctx.write(async (tx) => {
      const { rows } = await sql<JudgedHere>`
        select * from commons_assign_lead(${ids(cases)}::uuid[], ${versions(cases)}::int[], ${leadId}::uuid, ${todayOf(ctx)}::date, ${momentOf(ctx)}::timestamptz)`.execute(
        tx.db,
      )
      if (rows.every(({ outcome }) => outcome === 'missing'))
        return refused('CaseNotFound', 'There is no such person on a list that you may change.')
      if (rows.some(({ outcome }) => outcome !== 'ready')) return notAssigned(tx, ctx, rows)
      for (const [practiceId, of] of Map.groupBy(rows, (row) => row.practice_id!))
        await keepEvent(tx, ctx, { action: 'update', subject: 'Caseload', subjectIds: of.map(({ id }) => id), practiceId })
      return { kind: 'LeadAssigned', cases: await casesOf(tx, ctx, ids(cases)) }
    })
  } catch (error) {
    // Of two charts of one person the other got its lead in the same moment.
    if (!isDoubleLead(error)) throw error
    return refused('LedElsewhere', 'One of them was given a lead care manager elsewhere in the region in this moment. Nothing was moved.')
  }
}

/** What would keep them from it, before anybody decides. */
export async function previewLead(ctx: Ctx, input: AssignLead): Promise<readonly CaseJudged[] | Refusal> {
  const refusal = unfit(input)
  if (refusal) return refusal
  const { rows } = await sql<JudgedHere>`
    select * from commons_judge_lead(${ids(input.cases)}::uuid[], ${versions(input.cases)}::int[], ${input.leadId}::uuid, ${todayOf(ctx)}::date,
                                     ${momentOf(ctx)}::timestamptz)`.execute((await ctx.tx()).db)
  ctx.notes.push(...looksAt(rows))
  return rows.map(({ id, outcome }) => ({ id, outcome }))
}

/** Whoever is told how cases stand has looked at them. */
const looksAt = (rows: readonly JudgedHere[]): Act[] => {
  const found = rows.filter(({ outcome }) => outcome !== 'missing')
  const looks = [...Map.groupBy(found, (row) => row.practice_id!)].map(([practiceId, of]): Act => ({
    action: 'read',
    subject: 'Caseload',
    subjectIds: of.map(({ id }) => id),
    practiceId,
  }))
  return looks.length > 0 ? looks : [{ action: 'read', subject: 'Caseload', subjectIds: [] }]
}

interface JudgedHere extends CaseJudged {
  readonly practice_id: string | null
}

function unfit({ cases, leadId }: AssignLead): Refusal | null {
  if (cases.length === 0 || cases.length > MOST_AT_ONCE)
    return refused('TooMany', `Between 1 and ${MOST_AT_ONCE} people are given a lead at once.`)
  if (new Set(cases.map(({ id }) => id)).size < cases.length) return refused('NamedTwice', 'Somebody is named twice. Nothing was moved.')
  return leadId === null || isUuid(leadId) ? null : refused('CareManagerMissing', 'There is no such care manager.')
}

async function notAssigned(tx: Tx, ctx: Ctx, rows: readonly JudgedHere[]): Promise<LeadNotAssigned> {
  const of = (outcome: CaseOutcome) => rows.filter((row) => row.outcome === outcome)
  const changed = await casesOf(
    tx,
    ctx,
    of('changed').map(({ id }) => id),
  )
  const words = [
    [of('missing').length + of('closed').length, 'are no open cases that you may move'],
    [
      changed.length,
      `were moved meanwhile${changed[0]?.leadName ? `, to ${[...new Set(changed.map(({ leadName }) => leadName ?? 'nobody'))].join(', ')}` : ''}`,
    ],
    [of('not-assigned').length, 'are of practices for which the care manager does not work today'],
    [of('not-permitted').length, 'would take what the person may not do by training'],
    [of('license-missing').length, 'would take a license that the person does not have'],
    [of('license-expired').length, 'would go to somebody whose license is past its end'],
    [of('led-elsewhere').length, 'have a lead care manager in the region already'],
  ] as const
  const reasons = words.filter(([count]) => count > 0).map(([count, reason]) => `${count} ${reason}`)
  await keepEvents(tx, ctx, looksAt(rows))
  return {
    kind: 'LeadNotAssigned',
    message: `Nothing was moved: ${reasons.join('; ')}.`,
    judged: rows.map(({ id, outcome }) => ({ id, outcome })),
    now: changed,
  }
}

const NOBODY = newId<'CareCase'>()
/** What is no id names nobody. */
const ids = (cases: readonly CaseSeen[]): readonly string[] => cases.map(({ id }) => (isUuid(id) ? id : NOBODY))
const versions = (cases: readonly CaseSeen[]): readonly number[] => cases.map(({ version }) => version)

const isDoubleLead = (error: unknown): boolean => error instanceof Error && 'constraint' in error && error.constraint === 'lead_ledger_pkey'
