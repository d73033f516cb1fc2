import { type RoleName } from '@carecommons/access'
import { type Database, openDatabase } from '@carecommons/database'
import { addUser, type SignInCard, type Tx } from '@carecommons/domain'
import { type Id, isRefusal, newId } from '@carecommons/kernel'
import { Client } from 'pg'
import type { Beginning, TestDatabase } from './database.ts'
import { plantCharts } from './world-charts.ts'
import { plantMeasures } from './world-measures.ts'
import { plantRegistries } from './world-registries.ts'
import { NOW, type PayerKey, type PracticeKey } from './world-facts.ts'

export { canaries, chartCounts, NOW, type PayerKey, PERIOD, type PracticeKey } from './world-facts.ts'

const people = {
  administrator: ['Robin Region', 'region-administrator', 'body'],
  analyst: ['Ana Lyst', 'region-analyst', 'body'],
  workforceManager: ['Wim Work', 'workforce-manager', 'body'],
  identitySteward: ['Ida Steward', 'identity-steward', 'body'],
  auditor: ['Audrey Tor', 'auditor', 'body'],
  careManager: ['Cara Manager', 'care-manager', 'body'],
  careSupervisor: ['Sue Pervisor', 'care-supervisor', 'body'],
  alderClinician: ['Casey Alder', 'clinician', 'alder'],
  alderAdministrator: ['Ada Alder', 'practice-administrator', 'alder'],
  alderQualityLead: ['Quinta Alder', 'practice-quality-lead', 'alder'],
  alderStaff: ['Stef Alder', 'practice-staff', 'alder'],
  alderPatient: ['Pia Alder', 'patient', 'alder'],
  birchClinician: ['Casey Birch', 'clinician', 'birch'],
  birchAdministrator: ['Ben Birch', 'practice-administrator', 'birch'],
  pineAnalyst: ['Pat Pine', 'payer-analyst', 'pine'],
  quillAnalyst: ['Quinn Quill', 'payer-analyst', 'quill'],
} as const satisfies Record<string, readonly [string, RoleName, PracticeKey | PayerKey | 'body']>
export type UserKey = keyof typeof people

/**
 * A region of three practices and two payers, small enough to know by heart. Every chart of a practice carries that practice's canary:
 * a word that must never reach anybody else.
 */
export interface World {
  readonly database: Database
  readonly regionId: Id<'Region'>
  readonly coordinatingBody: Id<'Organization'>
  readonly practices: Readonly<Record<PracticeKey, Id<'Organization'>>>
  readonly payers: Readonly<Record<PayerKey, Id<'Organization'>>>
  /** Sign-ins by role and organization. The care manager is assigned to Alder and Birch, her supervisor to Alder. */
  readonly users: Readonly<Record<UserKey, SignInCard>>
  /** Chart ids of each practice, in the order they were made. */
  readonly charts: Readonly<Record<PracticeKey, readonly Id<'Patient'>[]>>
  /** The published run over 2025. */
  readonly runId: Id<'MetricRun'>
  close(): Promise<void>
}

/** The known world, planted once for a run: every test works on a copy of its own. */
export const knownWorld: Beginning = {
  name: 'commons_world',
  async fill({ appUrl, ownerUrl }) {
    const database = openDatabase(appUrl, { max: 4 })
    const facts = await plantWorld(database).finally(() => database.close())
    // What a copy brings along without a table more, which the API would not start with.
    await asOwner(ownerUrl, (owner) => owner.query(`comment on schema public is ${owner.escapeLiteral(JSON.stringify(facts))}`))
  },
}

/** The world in a copy of `knownWorld`, or of what began with it. */
export async function world({ appUrl, ownerUrl }: Pick<TestDatabase, 'appUrl' | 'ownerUrl'>): Promise<World> {
  const { rows } = await asOwner(ownerUrl, (owner) =>
    owner.query<{ facts: string }>(`select obj_description('public'::regnamespace, 'pg_namespace') as facts`),
  )
  const database = openDatabase(appUrl, { max: 4 })
  return { ...(JSON.parse(rows[0]!.facts) as Facts), database, close: () => database.close() }
}

async function asOwner<T>(url: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client(url)
  await owner.connect()
  return work(owner).finally(() => owner.end())
}

type Facts = Omit<World, 'database' | 'close'>

async function plantWorld(database: Database): Promise<Facts> {
  const regionId = newId<'Region'>()
  const practices = { alder: newId<'Organization'>(), birch: newId<'Organization'>(), cedar: newId<'Organization'>() }
  const payers = { pine: newId<'Organization'>(), quill: newId<'Organization'>() }
  const coordinatingBody = newId<'Organization'>()
  const practiceIds = Object.values(practices)
  const organization = (id: Id<'Organization'>, kind: 'coordinating-body' | 'practice' | 'payer', name: string, slug: string) => ({
    id,
    region_id: regionId,
    kind,
    name,
    slug,
    city: 'Riverton',
    created_at: NOW,
    active_since: NOW.slice(0, 10),
  })
  const { charts, runId } = await database.within({ kind: 'worker', practiceIds }, async ({ db }) => {
    await db
      .insertInto('region')
      .values({ id: regionId, name: 'Riverton', time_zone: 'America/New_York', is_demo: false, created_at: NOW })
      .execute()
    await db.insertInto('data_watermark').values({ region_id: regionId, value: 7n }).execute()
    await db
      .insertInto('organization')
      .values([
        organization(coordinatingBody, 'coordinating-body', 'Riverton Collaborative', 'riverton'),
        organization(practices.alder, 'practice', 'Alder Family Practice', 'alder'),
        organization(practices.birch, 'practice', 'Birch Street Clinic', 'birch'),
        organization(practices.cedar, 'practice', '=Cedar Health', 'cedar'),
        organization(payers.pine, 'payer', 'Pine Health', 'pine'),
        organization(payers.quill, 'payer', 'Quill Mutual', 'quill'),
      ])
      .execute()
    const planted = await plantCharts(db, practices, payers)
    await plantRegistries(db, practices, planted)
    return { charts: planted, runId: await plantMeasures(db, { regionId, practices, payers, charts: planted }) }
  })
  const organizations = { body: coordinatingBody, ...practices, ...payers }
  const users = {} as Record<UserKey, SignInCard>
  for (const [key, [name, role, at]] of Object.entries(people)) {
    users[key as UserKey] = await signInCard(database, name, role, organizations[at])
  }
  await database.within({ kind: 'worker', practiceIds }, ({ db }) => assign(db, practices, charts.alder[0]!))
  return { regionId, coordinatingBody, practices, payers, charts, runId, users }
}

/** The patient signs in to her own chart; care managers work for practices. */
async function assign(db: Tx['db'], practices: World['practices'], ownChart: string): Promise<void> {
  const membershipOf = async (email: string) =>
    (
      await db
        .selectFrom('membership as m')
        .innerJoin('app_user as u', 'u.id', 'm.user_id')
        .select('m.id')
        .where('u.email', '=', email)
        .executeTakeFirstOrThrow()
    ).id
  const patient = await membershipOf('pia.alder@example.org')
  await db.updateTable('membership').set({ patient_id: ownChart }).where('id', '=', patient).execute()
  for (const [email, practice_id] of [
    ['cara.manager@example.org', practices.alder],
    ['cara.manager@example.org', practices.birch],
    ['sue.pervisor@example.org', practices.alder],
  ] as const) {
    const membership_id = await membershipOf(email)
    await db
      .insertInto('care_assignment')
      .values({ id: newId(), membership_id, practice_id, kind: 'assignment', starts_on: '2020-01-01', created_at: NOW })
      .execute()
  }
  for (const email of ['cara.manager@example.org', 'sue.pervisor@example.org']) await recordNurse(db, await membershipOf(email))
}

/** A nurse whose license holds on every day that tests stand on. */
async function recordNurse(db: Tx['db'], membership_id: string): Promise<void> {
  const by = { recorded_by: newId(), recorded_at: NOW }
  await db
    .insertInto('staff_member')
    .values({
      ...{ ...by, membership_id, discipline: 'nurse', employer: 'Riverton Collaborative', fte_percent: 100, weekly_minutes: 2400 },
      ...{ home_base: 'Riverton', languages: ['en', 'es'], version: 1 },
    })
    .execute()
  await db
    .insertInto('staff_credential')
    .values({ ...by, id: newId(), membership_id, kind: 'license', title: 'RN', state: 'NY', number: '1', expires_on: '2098-12-31' })
    .execute()
}

async function signInCard(database: Database, name: string, role: RoleName, organizationId: Id<'Organization'>): Promise<SignInCard> {
  const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
  const card = await addUser(database, { name, email, role, organizationId, from: '2020-01-01' })
  if (isRefusal(card)) throw new Error(card.message)
  return card
}
