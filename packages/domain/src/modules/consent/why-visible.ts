import { rolePages } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { isOpen, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { findOpening, recipientIn } from './guest-chart.ts'
import { reachedChart, uuidOrNobody } from './reached-chart.ts'
import { categoriesFor, type ShareCategory } from './share-category.ts'

export const visibilityRules = ['own-practice', 'assignment', 'cover', 'own-chart', 'share-grant', 'emergency', 'consent'] as const
export type VisibilityRule = (typeof visibilityRules)[number]

export interface VisibilityReason {
  readonly rule: VisibilityRule
  readonly words: string
  readonly from: string | null
  readonly until: string | null
}

export interface Visibility {
  readonly visible: boolean
  readonly words: string
  readonly reasons: readonly VisibilityReason[]
}

/** For everything that the viewer cannot see, whether it exists or not. */
const NOT_VISIBLE: Visibility = { visible: false, words: 'This chart is not open to you, or there is none.', reasons: [] }

/** Which rules open a chart, and its sensitive records, to the viewer now. */
export async function whyVisible(ctx: Ctx, patientId: string): Promise<Visibility> {
  const tx = await ctx.tx()
  const chart = await reachedChart(tx, ctx, patientId)
  const opening = await findOpening(ctx, patientId)
  const practiceId = chart?.practiceId ?? opening?.guest.practiceId
  if (!practiceId) {
    ctx.notes.push({ action: 'read', subject: 'Visibility', subjectIds: isUuid(patientId) ? [patientId] : [], outcome: 'not-found' })
    return NOT_VISIBLE
  }
  const reasons = [
    ...(chart ? await reachReasons(tx, ctx, practiceId) : []),
    ...(await openingReasons(tx, ctx, patientId)),
    ...(await consentReasons(tx, ctx, patientId)),
  ]
  ctx.notes.push({ action: 'read', subject: 'Visibility', subjectIds: [patientId], practiceId })
  return { visible: true, words: reasons.map(({ words }) => words).join(' '), reasons }
}

interface AssignmentRow {
  readonly kind: 'assignment' | 'cover'
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly from_at: string | null
  readonly until_at: string | null
  readonly covers_for: string | null
  readonly practice: string
}

async function reachReasons(tx: Tx, ctx: Ctx, practiceId: string): Promise<VisibilityReason[]> {
  const { viewer } = ctx
  if (viewer.patientId !== null) return [{ rule: 'own-chart', words: 'It is your own chart.', from: null, until: null }]
  if (practiceId === viewer.organizationId) {
    const words = `You work for the practice that keeps it, as ${rolePages[viewer.role].title.toLowerCase()}.`
    return [{ rule: 'own-practice', words, from: null, until: null }]
  }
  const [today, now] = [ctx.clock.today(ctx.region.timeZone), ctx.clock.now().toISOString()]
  const { rows } = await sql<AssignmentRow>`
    select a.kind, a.starts_on, a.ends_on, a.from_at, a.until_at, a.covers_for, o.name as practice from care_assignment a join organization o on o.id = a.practice_id
     where a.membership_id = ${viewer.membershipId} and a.practice_id = ${practiceId} and a.ended_at is null
       and a.starts_on <= ${today} and (a.ends_on is null or a.ends_on >= ${today})
       and (a.from_at is null or (a.from_at <= ${now} and a.until_at > ${now})) order by a.starts_on`.execute(tx.db)
  return rows.map(({ kind, starts_on: from, ends_on: until, from_at, until_at, covers_for, practice }) => ({
    rule: kind,
    words: `${kind === 'cover' ? `You cover for ${covers_for ?? 'a colleague'} at` : 'You are assigned to'} ${practice} from ${from}${until ? ` to ${until}` : ''}.`,
    from: from_at ?? from,
    until: until_at ?? until,
  }))
}

interface OpeningRow {
  readonly rule: 'share-grant' | 'emergency'
  readonly practice: string
  readonly categories: readonly ShareCategory[] | null
  readonly starts: string
  readonly ends: string
}

async function openingReasons(tx: Tx, ctx: Ctx, patientId: string): Promise<VisibilityReason[]> {
  const id = uuidOrNobody(patientId)
  const { rows } = await sql<OpeningRow>`
    select 'emergency' as rule, o.name as practice, null::text[] as categories, e.opened_at as starts, e.expires_at as ends
      from emergency_access e join organization o on o.id = e.practice_id
     where e.patient_id = ${id} and e.membership_id = ${ctx.viewer.membershipId} and ${isOpen('e')}
    union all
    select 'share-grant', o.name, g.categories, g.granted_at, g.expires_at
      from share_grant g join organization o on o.id = g.practice_id
     where g.patient_id = ${id} and g.recipient_id = ${recipientIn(ctx)} and ${isOpen('g')}`.execute(tx.db)
  return rows.map(({ rule, practice, categories, starts, ends }) => ({
    rule,
    words:
      rule === 'emergency'
        ? `You opened it in an emergency; ${practice} was told.`
        : `${practice} shared ${categoriesFor(ctx, categories ?? []).join(', ')} with your practice.`,
    from: starts,
    until: ends,
  }))
}

/** Consents that open sensitive records to the acting organization, for a role that may read them. */
async function consentReasons(tx: Tx, ctx: Ctx, patientId: string): Promise<VisibilityReason[]> {
  if (!ctx.ability.can('read', 'SensitiveRecord') || ctx.viewer.patientId !== null) return []
  const { rows } = await sql<{ category: string; given_on: Day; expires_at: string | null }>`
    select c.category, c.given_on, c.expires_at from consent c
     where c.patient_id = ${uuidOrNobody(patientId)} and c.recipient_id = ${ctx.viewer.organizationId} and c.category is not null and ${isOpen('c')}
       and ${room(ctx, 'read', 'SensitiveRecord', { practiceId: 'c.practice_id', patientId: 'c.patient_id' })}
     order by c.category, c.given_on`.execute(tx.db)
  return rows.map(({ category, given_on: from, expires_at: until }) => ({
    rule: 'consent',
    words: `The patient agreed on ${from} that you see ${category === 'part2' ? 'records under 42 CFR Part 2' : 'behavioral-health records'}.`,
    from,
    until,
  }))
}
