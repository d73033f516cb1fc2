import type { PayerKey, PracticeKey } from '../../support/world.ts'
import type { Asker } from '../../support/standing-sessions.ts'
import type { Behind } from './openings.ts'

type Owner = PracticeKey | PayerKey | 'body' | null

/** A row that is somebody's: whose, about which chart, made by whom. */
export interface Row {
  readonly kind: string
  readonly id: string
  readonly owner: Owner
  readonly chart: string | null
  readonly chartNumber: number | null
  /** The person whose emergency or assignment it is. */
  readonly by: Asker | null
  /** To whom a grant opens. */
  readonly to: Owner
  /** Of a run; of a consent its kind. */
  readonly state: string | null
}

/** Every row with an id that an answer could name, as it stands behind all walls. */
export interface Ledger {
  readonly rows: ReadonlyMap<string, Row>
  /** Where the person behind an address works. */
  readonly emails: ReadonlyMap<string, Owner>
  ofUser(user: Asker): { readonly email: string; readonly id: string | undefined }
  /** Every transaction before this one had ended. */
  readonly upTo: string
}

const TABLES = [
  'patient',
  'consent',
  'share_grant',
  'emergency_access',
  'invitation',
  'care_assignment',
  'system_client',
  'metric_run',
  'agreement',
  'deck_check',
  'gap_exception',
  'tier_override',
  'huddle_entry',
  'care_case',
  'saved_view',
  'improvement_cycle',
  'list_export',
  'record_upload',
  // Last: what is asked of it alone stands at the end of the question.
  'audit_event',
]

const CHARTS: Readonly<Record<string, (ownChart: string) => string>> = {
  patient: () => `j->>'id'`,
  audit_event: (ownChart) => `case when '${ownChart}' = any (t.subject_ids) then '${ownChart}' end`,
}

/** Of the audit: whether the row is of the patient's own chart. */
const ofTable = (table: string, ownChart: string): string => `
  select '${table}' as kind, ${table === 'agreement' ? 't.organization_id' : 't.id'} as id, coalesce(j->>'practice_id', m.organization_id::text, j->>'organization_id') as owner,
         ${CHARTS[table]?.(ownChart) ?? `j->>'patient_id'`} as chart, coalesce(j->>'user_id', m.user_id::text) as by, j->>'recipient_id' as to_whom, coalesce(j->>'state', j->>'kind', j->>'audience') as state
    from ${table} t cross join lateral to_jsonb(t) j left join membership m on ${table === 'audit_event' || table === 'emergency_access' ? 'false' : `m.id = (j->>'membership_id')::uuid`}`

/** `before`: the audit only grows, so of its rows only those are read that may have come since. */
export async function readLedger({ sql, world }: Behind, before?: Ledger): Promise<Ledger> {
  const owners = new Map<string, Owner>([
    [world.coordinatingBody, 'body'],
    ...(Object.entries({ ...world.practices, ...world.payers }).map(([key, id]) => [id, key]) as [string, Owner][]),
  ])
  const people = await sql(`select u.id, u.email, m.organization_id as at from app_user u join membership m on m.user_id = u.id`)
  const emailOf = (user: Asker): string =>
    user in world.users ? world.users[user as keyof typeof world.users].email : `${user}@systems.invalid`
  const askers = new Map(
    (Object.keys(world.users) as Asker[]).flatMap((user) =>
      people.filter(({ email }) => email === emailOf(user)).map(({ id }) => [id as string, user]),
    ),
  )
  const numbers = new Map(Object.values(world.charts).flatMap((charts) => charts.map((id, n) => [id as string, n])))
  const [now] = await sql('select pg_snapshot_xmin(pg_current_snapshot())::text as "upTo"')
  const questions = TABLES.map((table) => ofTable(table, world.charts.alder[0]!))
  const rows = await sql(`${questions.join(' union all ')} where t.xid >= '${before?.upTo ?? 0}'`)
  return {
    upTo: now!['upTo'] as string,
    rows: new Map([
      ...[...(before?.rows ?? [])].filter(([, { kind }]) => kind === 'audit_event'),
      ...rows.map(
        ({ kind, id, owner, chart, by, to_whom, state }) =>
          [
            // The agreements of an organization are known by its id, which alone tells nothing.
            kind === 'agreement' ? `agreement:${id}` : (id as string),
            {
              kind,
              id,
              owner: owners.get(owner as string) ?? null,
              chart,
              chartNumber: numbers.get(chart as string) ?? null,
              by: askers.get(by as string) ?? null,
              to: owners.get(to_whom as string) ?? null,
              state,
            } as Row,
          ] as const,
      ),
    ]),
    emails: new Map(people.map(({ email, at }) => [email as string, owners.get(at as string) ?? null])),
    ofUser: (user) => ({ email: emailOf(user), id: people.find(({ email }) => email === emailOf(user))?.['id'] as string | undefined }),
  }
}
