import { type RoleName } from '@carecommons/access'
import { type Database, openDatabase } from '@carecommons/database'
import { addUser, type SignInCard } from '@carecommons/domain'
import { type Id, isRefusal, newId } from '@carecommons/kernel'
import { plantCharts } from './world-charts.ts'
import { plantMeasures } from './world-measures.ts'
import { NOW, type PayerKey, type PracticeKey } from './world-facts.ts'

export { canaries, chartCounts, NOW, PERIOD, type PracticeKey } from './world-facts.ts'

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
  /** Sign-ins by role and organization. */
  readonly users: Readonly<
    Record<'administrator' | 'alderClinician' | 'alderAdministrator' | 'birchClinician' | 'pineAnalyst' | 'quillAnalyst', SignInCard>
  >
  /** Chart ids of each practice, in the order they were made. */
  readonly charts: Readonly<Record<PracticeKey, readonly Id<'Patient'>[]>>
  /** The published run over 2025. */
  readonly runId: Id<'MetricRun'>
  close(): Promise<void>
}

/** `url` signs in as the application's login on a migrated, empty database. */
export async function world(url: string): Promise<World> {
  const database = openDatabase(url, { max: 4 })
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
    return { charts: planted, runId: await plantMeasures(db, { regionId, practices, payers, charts: planted }) }
  })
  const user = (name: string, role: RoleName, organizationId: Id<'Organization'>) => signInCard(database, name, role, organizationId)
  return {
    database,
    regionId,
    coordinatingBody,
    practices,
    payers,
    charts,
    runId,
    users: {
      administrator: await user('Robin Region', 'region-administrator', coordinatingBody),
      alderClinician: await user('Casey Alder', 'clinician', practices.alder),
      alderAdministrator: await user('Ada Alder', 'practice-administrator', practices.alder),
      birchClinician: await user('Casey Birch', 'clinician', practices.birch),
      pineAnalyst: await user('Pat Pine', 'payer-analyst', payers.pine),
      quillAnalyst: await user('Quinn Quill', 'payer-analyst', payers.quill),
    },
    close: () => database.close(),
  }
}

async function signInCard(database: Database, name: string, role: RoleName, organizationId: Id<'Organization'>): Promise<SignInCard> {
  const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
  const card = await addUser(database, { name, email, role, organizationId, from: '2020-01-01' })
  if (isRefusal(card)) throw new Error(card.message)
  return card
}
