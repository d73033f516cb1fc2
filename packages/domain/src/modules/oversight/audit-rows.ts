import { rolePages, isRoleName } from '@carecommons/access'
import { sql } from 'kysely'
import { readCharts } from '#modules/patient'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import type { AuditActorType, AuditChartType, AuditEventType } from './oversight.graphql.ts'

export interface AuditRow {
  readonly id: string
  /** ISO 8601, UTC, to the microsecond. */
  readonly at: string
  readonly user_id: string | null
  readonly membership_id: string | null
  readonly role: string | null
  readonly organization_id: string | null
  readonly purpose: string
  readonly practice_id: string | null
  readonly action: string
  readonly subject: string
  readonly subject_ids: string[]
  readonly outcome: string
  readonly correlation_id: string
}

export const AUDIT_COLUMNS = sql`
  e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.user_id, e.membership_id, e.role, e.organization_id,
  e.purpose, e.practice_id, e.action, e.subject, e.subject_ids::text[] as subject_ids, e.outcome, e.correlation_id`

/** Rows with the names that the reader may know: of organizations, and of people who occur in the own practice's audit. */
export async function named(ctx: Ctx, rows: readonly AuditRow[]): Promise<AuditEventType[]> {
  const actorOf = await actors(ctx, rows)
  const organizations = await organizationsOf(
    ctx,
    rows.map(({ practice_id }) => practice_id),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: actorOf(row),
    purpose: row.purpose,
    practice: organizations.get(row.practice_id ?? '') ?? null,
    action: row.action,
    subject: row.subject,
    subjectIds: row.subject_ids,
    outcome: row.outcome,
    correlationId: row.correlation_id,
  }))
}

const aboutCharts = new Set([
  'Chart',
  'Identifiers',
  'ClinicalRecord',
  'ClinicalNote',
  'SensitiveRecord',
  'Disclosure',
  'Consent',
  'PatientSignIn',
])

/** The one chart that a row is about, if it is one. Its name is read, and noted, only when somebody asks for it. */
export async function chartOf(ctx: Ctx, { subject, subjectIds, outcome }: AuditEventType): Promise<AuditChartType | null> {
  const [id] = subjectIds
  if (id === undefined || subjectIds.length !== 1 || !aboutCharts.has(subject) || outcome === 'not-found') return null
  if (!ctx.ability.can('read', 'Chart')) return { id, name: null }
  const name = await nameOf(ctx, id)
  return name === undefined ? null : { id, name }
}

const nameOf = batched(async (ctx: Ctx, ids) => {
  const charts = await readCharts(ctx, ids)
  return new Map(charts.map(({ id, familyName, givenName }) => [id, [givenName, familyName].filter(Boolean).join(' ')]))
})

type Acting = Pick<AuditRow, 'user_id' | 'membership_id' | 'role' | 'organization_id'>

/** Puts names to those who acted. */
export async function actors(ctx: Ctx, rows: readonly Acting[]): Promise<(row: Acting) => AuditActorType> {
  const people = await peopleOf(ctx, [...new Set(rows.flatMap(({ user_id }) => user_id ?? []))])
  const organizations = await organizationsOf(
    ctx,
    rows.map(({ organization_id }) => organization_id),
  )
  return ({ user_id, membership_id, role, organization_id }) => ({
    userId: user_id,
    name: people.get(user_id ?? '') ?? null,
    membershipId: membership_id,
    role,
    title: role === null ? null : isRoleName(role) ? rolePages[role].title : 'Job',
    organization: organizations.get(organization_id ?? '') ?? null,
  })
}

/** Names of people who looked at the own practice's records; to everybody else they stay ids. */
async function peopleOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0 || !ctx.ability.can('read', 'Chart') || ctx.viewer.patientId !== null) return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<{ id: string; name: string }>`select id, name from commons_audit_names(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function organizationsOf(ctx: Ctx, ids: readonly (string | null)[]): Promise<Map<string, OrganizationRow>> {
  const known = ids.flatMap((id) => id ?? [])
  return known.length === 0 ? new Map() : organizationsById(ctx, known)
}
