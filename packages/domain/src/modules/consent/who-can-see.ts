import { abilityFor, isRoleName, rolePages } from '@carecommons/access'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { type Connection, cut, type PageWanted } from '#shared/page-of'
import { isOpen } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { reachedChart } from './reached-chart.ts'
import type { VisibilityRule } from './why-visible.ts'

export interface AudienceEntry {
  readonly rule: VisibilityRule
  /** Null: everybody of the organization whose role opens charts. */
  readonly person: string | null
  readonly role: string | null
  readonly organization: string
  /** What of the chart; null: all that the role reads. */
  readonly categories: readonly string[] | null
  readonly from: string | null
  readonly until: string | null
}

/** A page of everybody to whom a chart of the own practice is open now, by the rule that opens it. Empty for a chart that is not the practice's. */
export async function whoCanSee(ctx: Ctx, patientId: string, page: PageWanted): Promise<Connection<AudienceEntry>> {
  const tx = await ctx.tx()
  const chart = await reachedChart(tx, ctx, patientId)
  if (!chart) return cut([], page)
  ctx.notes.push({ action: 'read', subject: 'Audience', subjectIds: [patientId], practiceId: chart.practiceId })
  return cut(placed([...(await people(tx, ctx, patientId)), ...(await openings(tx, patientId))]), page)
}

const RULES: readonly VisibilityRule[] = ['own-practice', 'own-chart', 'cover', 'assignment', 'emergency', 'share-grant']

/** By rule and name. Two people may be alike in all that is told of them: each has a place. */
function placed(entries: readonly AudienceEntry[]): (AudienceEntry & { readonly sorted: string })[] {
  const alike = new Map<string, number>()
  return entries.map((entry) => {
    const { rule, person, role, organization, categories, from, until } = entry
    const names = [RULES.indexOf(rule), person ?? organization, organization, role, from, until, categories?.join(' ')]
    const place = names.map((one) => one ?? '').join('\u0001')
    const before = alike.get(place) ?? 0
    alike.set(place, before + 1)
    return { ...entry, sorted: `${place}\u0001${String(before).padStart(6, '0')}` }
  })
}

interface PersonRow {
  readonly rule: 'member' | 'assignment' | 'cover'
  readonly person: string
  readonly role: string
  readonly organization: string
  readonly patient_id: string | null
  readonly starts_on: Day
  readonly ends_on: Day | null
}

async function people(tx: Tx, ctx: Ctx, patientId: string): Promise<AudienceEntry[]> {
  const { rows } = await sql<PersonRow>`
    select * from commons_chart_audience(${ctx.clock.today(ctx.region.timeZone)}, ${ctx.clock.now().toISOString()})`.execute(tx.db)
  return rows
    .filter((row) => opensCharts(row.role) && (row.patient_id === null || row.patient_id === patientId))
    .map((row) => ({
      rule: row.rule !== 'member' ? row.rule : row.patient_id === null ? 'own-practice' : 'own-chart',
      person: row.person,
      role: isRoleName(row.role) ? rolePages[row.role].title : row.role,
      organization: row.organization,
      categories: null,
      from: row.starts_on,
      until: row.ends_on,
    }))
}

const SOMEBODY = '00000000-0000-0000-0000-000000000000'

/** Whether the page of this role permits charts at all. */
const opensCharts = (role: string): boolean =>
  isRoleName(role) &&
  abilityFor({
    userId: SOMEBODY,
    membershipId: SOMEBODY,
    organizationId: SOMEBODY,
    practiceIds: [SOMEBODY],
    patientId: role === 'patient' ? SOMEBODY : null,
    role,
  }).can('read', 'Chart')

async function openings(tx: Tx, patientId: string): Promise<AudienceEntry[]> {
  const { rows } = await sql<AudienceEntry>`
    select 'share-grant' as rule, null::text as person, null::text as role, o.name as organization, g.categories, g.granted_at as "from",
           g.expires_at as until
      from share_grant g join organization o on o.id = g.recipient_id where g.patient_id = ${patientId} and ${isOpen('g')}
    union all
    select 'emergency', e.user_name, null, o.name, null, e.opened_at, e.expires_at
      from emergency_access e join organization o on o.id = e.organization_id where e.patient_id = ${patientId} and ${isOpen('e')}
`.execute(tx.db)
  return rows
}
