// The registry page as a capable person writes it for this one purpose: Node's http, pg, prepared statements, one function. It keeps the
// walls: session look-up and checks, role and settings of the transaction, the policies, the note of the reading in the same transaction.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { conditionGroups } from '@carecommons/cql'
import pg from 'pg'

pg.types.setTypeParser(pg.types.builtins.DATE, String)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, String)
const pool = new pg.Pool({ connectionString: process.env['APP_URL'], max: 10 })

const IDLE_MS = 15 * 60_000
const ROLES = new Set(['clinician', 'practice-administrator'])

interface Session {
  readonly user_id: string
  readonly membership_id: string
  readonly role: string
  readonly organization_id: string
  readonly time_zone: string
}

async function findSession(client: pg.PoolClient, request: IncomingMessage): Promise<Session | null> {
  const token = /(?:^|;\s*)commons_session=([A-Za-z0-9_-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1]
  if (!token) return null
  const hash = createHash('sha256').update(token).digest()
  await client.query('begin; set local role commons_door')
  const { rows } = await client.query({
    name: 'session',
    text: `select s.id, s.user_id, m.id as membership_id, s.authenticated_at, s.last_seen_at, s.expires_at, u.name as user_name, u.email,
                  m.role, m.patient_id, m.starts_on, m.ends_on, m.ended_at,
                  o.id as organization_id, o.name as organization_name, o.slug, o.kind, o.city, o.active_since,
                  coalesce((select json_agg(json_build_object('practice_id', a.practice_id, 'starts_on', a.starts_on, 'ends_on', a.ends_on))
                              from care_assignment a join organization p on p.id = a.practice_id and p.active_since is not null
                             where a.membership_id = m.id and o.kind = 'coordinating-body'), '[]') as assignments,
                  r.id as region_id, r.name as region_name, r.time_zone
             from session s join app_user u on u.id = s.user_id
             join membership m on m.id = coalesce($2::uuid, s.membership_id) and m.user_id = s.user_id
             join organization o on o.id = m.organization_id join region r on r.id = o.region_id
            where s.token_hash = $1`,
    values: [hash, request.headers['x-acting-as'] ?? null],
  })
  const row = rows[0]
  const now = Date.now()
  const seen = row && Date.parse(row.last_seen_at)
  const isOpen = row && now < Date.parse(row.expires_at) && now < seen + IDLE_MS
  if (isOpen && now >= seen + 60_000)
    await client.query('update session set last_seen_at = $2 where token_hash = $1', [hash, new Date(now).toISOString()])
  await client.query('commit')
  if (!isOpen || !ROLES.has(row.role) || row.kind !== 'practice') return null
  const today = dayIn(row.time_zone, now)
  const isLive = row.ended_at === null && row.starts_on <= today && (row.ends_on === null || row.ends_on >= today)
  return isLive && row.active_since !== null && row.active_since <= today ? row : null
}

const formats = new Map<string, Intl.DateTimeFormat>()
function dayIn(timeZone: string, now: number): string {
  let format = formats.get(timeZone)
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', { timeZone })))
  return format.format(now)
}

interface Asked {
  readonly first: number
  readonly after: string | null
  readonly search: string | null
  readonly condition: string | null
  readonly sort: string
}

const ORDERS: Record<string, { readonly column: string; readonly words: string; readonly further: string }> = {
  NAME: { column: 's.sort_name', words: 's.sort_name, s.patient_id', further: '>' },
  RISK: { column: 's.risk_rank', words: 's.risk_rank desc, s.patient_id desc', further: '<' },
}
/** The index of conditions has who lives, in the order of risk. */
const CARRIERS = {
  from: 'patient_condition c join patient_summary s on s.practice_id = c.practice_id and s.patient_id = c.patient_id',
  column: 'c.risk_rank',
  words: 'c.risk_rank desc, c.patient_id desc',
  further: '<',
}

/** What narrows the list, of which the values stand from `$2` on: the condition, and words of the search. */
function narrowing({ condition, search, sort }: Asked, session: Session) {
  const parts: string[] = []
  const values: string[] = []
  const bind = (value: string): string => `$${values.push(value) + 1}`
  const words =
    search === null
      ? []
      : search
          .toLowerCase()
          .split(/[\s,.]+/)
          .filter((word) => word !== '')
  const ofCarriers = condition !== null && words.length === 0 && sort === 'RISK'
  if (words.length === 0) parts.push(`not ${ofCarriers ? 'c' : 's'}.deceased`)
  for (const word of words)
    parts.push(
      `s.patient_id in (select f.patient_id from patient_search f where f.practice_id = $1 and f.term >= ${bind(word)} and f.term < ${bind(`${word}\u{10ffff}`)})`,
    )
  if (condition !== null) {
    const carried = `c.condition = ${bind(condition)} and ${labelIsOpen(bind(session.membership_id))}`
    parts.push(
      ofCarriers
        ? `c.practice_id = $1 and ${carried}`
        : `exists (select from patient_condition c where c.practice_id = s.practice_id and c.patient_id = s.patient_id and ${carried})`,
    )
  }
  return { text: parts.join(' and '), values, ofCarriers }
}

/** No label on the condition `c`, or a consent, or an emergency of the session's membership. */
const labelIsOpen = (membership: string): string => `(c.sensitivity is null
  or exists (select from consent g where g.practice_id = c.practice_id and g.patient_id = c.patient_id and g.category = c.sensitivity
       and g.recipient_id = $1 and g.ended_at is null and (g.expires_at is null or g.expires_at > now()))
  or exists (select from emergency_access b where b.practice_id = c.practice_id and b.patient_id = c.patient_id
       and b.membership_id = ${membership} and b.ended_at is null and (b.expires_at is null or b.expires_at > now())))`

async function page(client: pg.PoolClient, session: Session, asked: Asked) {
  const { first, after, search, condition, sort } = asked
  const { text: narrowed, values, ofCarriers } = narrowing(asked, session)
  const order = ofCarriers ? CARRIERS : ORDERS[sort]!
  const place = after === null ? null : (JSON.parse(Buffer.from(after, 'base64url').toString()) as [string, string, string])
  // Ids and names of settings are our own or come out of the database; begin, role and settings take one round trip.
  await client.query(
    `begin isolation level repeatable read; select set_config('role', 'commons_practice', true), set_config('commons.practice_id', '${session.organization_id}', true),
     set_config('commons.organization_id', '${session.organization_id}', true), set_config('commons.user_id', '${session.user_id}', true),
     set_config('commons.membership_id', '${session.membership_id}', true)`,
  )
  const bound = (more: number): string => `$${values.length + 1 + more}`
  const shape = `${sort} ${condition === null ? '' : 'condition'} ${values.length}`
  const { rows } = await client.query({
    name: `page ${shape} ${place ? 'after' : ''}`,
    text: `select p.id, p.family_name, p.given_name, p.birth_date, p.gender, p.deceased_on, p.record_number, p.phone, p.clinician, s.sort_name, ${order.column}::text as sorted,
                  s.a1c, s.a1c_on, s.systolic, s.diastolic, s.blood_pressure_on, s.phq9, s.phq9_on, s.last_visit_on, s.care_manager, s.last_contact_on, s.open_gaps
             from ${ofCarriers ? CARRIERS.from : 'patient_summary s'} join patient p on p.practice_id = s.practice_id and p.id = s.patient_id
            where s.practice_id = $1 and ${narrowed} ${place ? `and (${order.column}, s.patient_id) ${order.further} (${bound(2)}, ${bound(3)})` : ''}
            order by ${order.words} limit ${bound(1)}`,
    values: [session.organization_id, ...values, first + 1, ...(place ? [place[1], place[2]] : [])],
  })
  const shown = rows.slice(0, first)
  const ids = shown.map((row) => row.id)
  const counted = await client.query(
    search === null && condition === null
      ? {
          name: 'count',
          text: 'select r.living as charts from registry_count r where r.practice_id = $1',
          values: [session.organization_id],
        }
      : {
          name: `count ${shape}`,
          text: `select count(*)::int as charts from ${ofCarriers ? 'patient_condition c where' : 'patient_summary s where s.practice_id = $1 and'} ${narrowed}`,
          values: [session.organization_id, ...values],
        },
  )
  const conditions = await client.query({
    name: 'conditions',
    text: `select c.patient_id, c.condition from patient_condition c where c.practice_id = $1 and c.patient_id = any ($2::uuid[])
              and ${labelIsOpen('$3')}`,
    values: [session.organization_id, ids, session.membership_id],
  })
  const risks = await client.query({
    name: 'risks',
    text: `select r.patient_id, r.tier, r.reasons from patient_risk r where r.practice_id = $1 and r.patient_id = any ($2::uuid[]) and r.segment is not null`,
    values: [session.organization_id, ids],
  })
  await client.query({
    name: 'note',
    text: `insert into audit_event (id, at, user_id, membership_id, role, organization_id, correlation_id, practice_id, action, subject, subject_ids, outcome, purpose)
           values ($1, $2, $3, $4, $5, $6, $7, $6, 'read', 'Chart', $8, 'allowed', 'treatment')`,
    values: [
      randomUUID(),
      new Date().toISOString(),
      session.user_id,
      session.membership_id,
      session.role,
      session.organization_id,
      randomUUID(),
      ids,
    ],
  })
  await client.query('commit')
  const riskOf = new Map(risks.rows.map((row) => [row.patient_id as string, row]))
  const carried = Map.groupBy(conditions.rows, (row) => row.patient_id as string)
  const today = dayIn(session.time_zone, Date.now())
  const last = shown.at(-1)
  return {
    totalCount: counted.rows[0].charts,
    edges: shown.map((row) => ({ node: node(row, carried.get(row.id), riskOf.get(row.id), today), __typename: 'PatientEdge' })),
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last ? Buffer.from(JSON.stringify([sort, last.sorted, last.id])).toString('base64url') : null,
      __typename: 'PageInfo',
    },
    __typename: 'PatientConnection',
  }
}

const TIERS = ['no major condition', 'low', 'moderate', 'high', 'highest']

function node(row: Record<string, any>, carried: Record<string, any>[] = [], risk: Record<string, any> | undefined, today: string) {
  return {
    id: row.id,
    age: row.birth_date === null ? null : age(row.birth_date, row.deceased_on ?? today),
    gender: row.gender,
    birthDate: row.birth_date,
    recordNumber: row.record_number,
    phone: row.phone,
    conditions: conditionGroups
      .filter(({ key }) => carried.some(({ condition }) => condition === key))
      .map(({ key, title }) => ({ key, title, __typename: 'ConditionGroup' })),
    latestA1c: row.a1c === null ? null : { value: Number(row.a1c), on: row.a1c_on, __typename: 'LatestValue' },
    latestBloodPressure:
      row.systolic === null
        ? null
        : {
            systolic: Number(row.systolic),
            diastolic: Number(row.diastolic),
            on: row.blood_pressure_on,
            __typename: 'LatestBloodPressure',
          },
    latestPhq9: row.phq9 === null ? null : { value: Number(row.phq9), on: row.phq9_on, __typename: 'LatestValue' },
    lastVisit: row.last_visit_on,
    lastContact: row.last_contact_on,
    careManager: row.care_manager,
    clinician: row.clinician,
    openGapCount: row.open_gaps,
    risk: risk ? { tier: risk.tier, tierTitle: TIERS[risk.tier], reasons: risk.reasons, __typename: 'PatientRisk' } : null,
    familyName: row.family_name,
    givenName: row.given_name,
    deceased: row.deceased_on,
    __typename: 'Patient',
  }
}

function age(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const client = await pool.connect()
  try {
    const asked = JSON.parse(await text(request)) as Asked
    const session = await findSession(client, request)
    if (!session) return void response.writeHead(401).end()
    const body = JSON.stringify({ data: { patients: await page(client, session, asked) } })
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(body)
  } catch (error) {
    console.error(error)
    await client.query('rollback')
    response.writeHead(500).end()
  } finally {
    client.release()
  }
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
