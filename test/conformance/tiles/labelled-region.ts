import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { RoleName } from '@carecommons/access'
import { createApi } from '@carecommons/api'
import { openCompiler, openEnginePool } from '@carecommons/cql'
import { type Database, openDatabase } from '@carecommons/database'
import {
  addUser,
  askForRegistriesInForce,
  countPractice,
  openLoadedMeasures,
  openLoadedRegistries,
  openMonthsFollower,
} from '@carecommons/domain'
import { type Id, isRefusal, systemClock } from '@carecommons/kernel'
import { Client } from 'pg'
import { type Caller, openCaller, SIGN_IN } from '../../support/api.ts'
import { runCommons } from '../../support/commons.ts'
import { testDatabase } from '../../support/database.ts'
import { registriesInForce } from '../../support/registries-in-force.ts'
import { a1c, diabetes, folderOf, type Resource } from '../import/resources.ts'

const YEAR = new Date().getUTCFullYear() - 1
export const PERIOD = { start: `${YEAR}-01-01`, end: `${YEAR}-12-31` }

type Sql = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

/** A region with everything that has a figure worked out, and labelled records in each practice. */
export interface LabelledRegion {
  readonly sql: Sql
  signedIn(role: RoleName, organizationId: string): Promise<Caller>
  close(): Promise<void>
}

export async function labelledRegion(): Promise<LabelledRegion> {
  const database = await testDatabase(registriesInForce)
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  const sql: Sql = async (text, values = []) => (await owner.query(text, [...values])).rows
  await runCommons(['demo', '--practices', '3', '--patients', '260', '--seed', '7'], database.env)
  await labelRecords(sql, database.env)
  await runCommons(['measures', 'run', '--year', String(YEAR)], database.env)
  await agree(sql)
  const app = openDatabase(database.appUrl, { max: 4 })
  await workOut(app, sql)
  const api = await createApi({ database: app, clock: systemClock, log: () => undefined, production: false, sealingKey: randomBytes(32) })
  const { url } = await api.listen(0)
  return {
    sql,
    signedIn: (role, organizationId) => signIn(app, url, role, organizationId),
    async close() {
      await api.close()
      await app.close()
      await owner.end()
      await database.drop()
    },
  }
}

/** Labelled results and diagnoses that move figures, lists and registries of every practice. */
async function labelRecords(sql: Sql, env: Record<string, string>): Promise<void> {
  const charts = await sql<{ fhirId: string }>('select fhir_id as "fhirId" from patient where not deceased order by practice_id, fhir_id')
  const of = (kind: number) => charts.filter((_, index) => index % 7 === kind).map(({ fhirId }) => fhirId)
  const labelled = (code: 'ETH' | 'PSY') => ({
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] },
  })
  const result = (id: string, index: number, code: 'ETH' | 'PSY'): Resource =>
    a1c(`labelled-${id}`, id, index % 2 ? 11.2 : 6.1, { effectiveDateTime: `${YEAR}-12-30T09:30:00Z`, ...labelled(code) })
  const depression = { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F32.9' }] } }
  const folder = folderOf({
    'Observation.ndjson': [...of(0).map((id, index) => result(id, index, 'ETH')), ...of(1).map((id, index) => result(id, index, 'PSY'))],
    'Condition.ndjson': [
      ...of(2).map((id) => diabetes(`dm-${id}`, id, labelled('ETH'))),
      ...of(3).map((id) => diabetes(`low-${id}`, id, { ...depression, ...labelled('PSY') })),
    ],
  })
  await runCommons(['import', 'fhir', folder], env)
  rmSync(folder, { recursive: true })
}

/** To the second practice everybody agreed, to the first every other one and to Part 2 alone, to the third nobody. */
const agree = (sql: Sql) =>
  sql(
    `with practices as (select practice_id, row_number() over (order by practice_id) as n from (select distinct practice_id from patient)),
          charts as (select p.practice_id, p.id, q.n, row_number() over (order by p.id) % 2 = 0 as half from patient p join practices q using (practice_id))
     insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                          recorded_by_name, recorded_at, idempotency_key)
     select uuidv7(), c.practice_id, c.id, 'sensitive', s.category, c.practice_id, 'written', 'Rowan Example', 'patient', current_date - 40, 'Treatment',
            uuidv7(), 'Casey Clinician', now() - interval '40 days', c.id || s.category
       from charts c cross join (values ('part2'), ('behavioral')) s (category) where n = 2 or (n = 1 and half and category = 'part2')`,
  )

/** Registries and months, as a worker does. */
async function workOut(app: Database, sql: Sql): Promise<void> {
  const pool = openEnginePool({ threads: 1 })
  const compiler = openCompiler()
  await askForRegistriesInForce(app)
  const registries = openLoadedRegistries(app, compiler)
  const asked = `select subject_id as pass, practice_id as practice from job where name = 'registries.count' and state = 'queued'`
  for (const { pass, practice } of await sql<{ pass: string; practice: string }>(asked))
    await countPractice({ sessions: app, pool, registries }, pass, practice)
  const [region] = await sql<{ zone: string }>('select time_zone as zone from region')
  const months = openMonthsFollower({
    ...{ sessions: app, pool, measures: openLoadedMeasures(app, compiler), clock: systemClock, timeZone: region!.zone },
  })
  while ((await months.follow()) > 0);
  await pool.close()
}

async function signIn(app: Database, url: string, role: RoleName, organizationId: string): Promise<Caller> {
  const email = `${role}.${organizationId}@example.org`
  const card = await addUser(app, {
    name: 'Sam Somebody',
    email,
    role,
    organizationId: organizationId as Id<'Organization'>,
    from: PERIOD.end,
  })
  if (isRefusal(card)) throw new Error(card.message)
  const caller = openCaller(url)
  const { data } = await caller.ask(SIGN_IN, { input: { email, password: card.password } })
  if (data.signIn.__typename !== 'Viewer') throw new Error(data.signIn.message)
  return caller
}
