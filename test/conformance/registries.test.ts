// Who is in which registry, who was, and why, against plain SQL over the facts, while records come, change, end and get labels, and days pass.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCompiler, openEnginePool, readPackage } from '@carecommons/cql'
import { openDatabase } from '@carecommons/database'
import {
  askForRegistriesInForce,
  askForRegistryPass,
  countPractice,
  openLoadedRegistries,
  openRegistryFollower,
  runRegistryComparison,
} from '@carecommons/domain'
import { addDays, newId } from '@carecommons/kernel'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { registriesInForce } from '../support/registries-in-force.ts'
import { listedCodes } from './metric/oracle.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)
const ROUNDS = Number(process.env['COMMONS_ROUNDS'] ?? 4)
const ORACLE = readFileSync(join(import.meta.dirname, 'registries/oracle.sql'), 'utf8')

let database: Awaited<ReturnType<typeof testDatabase>>
let owner: Client
let app: ReturnType<typeof openDatabase>
let close: () => Promise<void>
let follow: () => Promise<number>
let pass: (key: string) => Promise<void>
let inForce: () => Promise<void>
let compare: (id: string, cutShort?: boolean) => Promise<void>

const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await owner.query(text, [...values])).rows as Row[]

beforeAll(async () => {
  database = await testDatabase(registriesInForce)
  owner = new Client(database.ownerUrl)
  await owner.connect()
  await runCommons(['demo', '--practices', '3', '--patients', '90', '--seed', String(SEED % 1000)], database.env)
  app = openDatabase(database.appUrl, { max: 4 })
  const pool = openEnginePool({ threads: 1 })
  const machinery = { sessions: app, pool, registries: openLoadedRegistries(app, openCompiler()) }
  const follower = openRegistryFollower(machinery)
  follow = async () => {
    let charts = 0
    for (let some = -1; some !== 0; charts += some) some = await follower.follow()
    return charts
  }
  const carryOut = async () => {
    const jobs = await sql<{ id: string; passId: string; practiceId: string }>(
      `select id, subject_id as "passId", practice_id as "practiceId" from job where name = 'registries.count' and state = 'queued'`,
    )
    expect(jobs).toHaveLength(3)
    for (const { id, passId, practiceId } of jobs) {
      await countPractice(machinery, passId, practiceId)
      await sql(`update job set state = 'done' where id = $1`, [id])
    }
  }
  pass = async (key) => {
    for (const _ of ['once', 'and again'])
      await app.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => askForRegistryPass(db, key))
    await carryOut()
  }
  inForce = async () => {
    for (const _ of ['once', 'and again']) await askForRegistriesInForce(app)
    await carryOut()
  }
  compare = async (id, cutShort = false) => {
    let calls = 0
    const failing = new Proxy(pool, {
      get: (target, name: keyof typeof pool) =>
        name === 'evaluate' && ++calls % 5 === 0
          ? () => Promise.reject(new Error('The worker was killed.'))
          : (target[name] as () => unknown).bind(target),
    })
    if (cutShort)
      for (let tries = 0; tries < 2; tries++) await runRegistryComparison({ ...machinery, pool: failing }, id).catch(() => undefined)
    await runRegistryComparison(machinery, id)
    expect(calls).toBe(cutShort ? calls : 0)
  }
  close = async () => {
    await pool.close()
    await app.close()
    await owner.end()
    await database.drop()
  }
}, 180_000)
afterAll(() => close?.())

interface Standing {
  readonly patientId: string
  readonly registry: string
  readonly sensitivity: string | null
  readonly facts: readonly string[]
}

/** What plain SQL says. */
async function expected(): Promise<Standing[]> {
  await sql('drop table if exists listed, counted')
  await sql('create temporary table listed as select * from jsonb_to_recordset($1::jsonb) l (set_id text, system text, code text)', [
    JSON.stringify(listedCodes()),
  ])
  await sql(`create temporary table counted as
    select greatest((now() at time zone g.time_zone)::date, (select as_of from registry_pass order by id desc limit 1)) as on_day from region g`)
  return sql<Standing>(ORACLE)
}

interface Stay {
  readonly patientId: string
  readonly registry: string
  readonly sensitivity: string | null
  readonly enteredBy: string
  readonly leftBy: string | null
  readonly facts: string[]
  readonly leftReasons: readonly { clause: string }[] | null
}

const stays = () =>
  sql<Stay>(`
    select m.patient_id as "patientId", m.registry, m.sensitivity, m.entered_by as "enteredBy", m.left_by as "leftBy", m.left_reasons as "leftReasons",
           array(select distinct jsonb_array_elements_text(r -> 'facts') from jsonb_array_elements(m.entered_reasons) r order by 1) as facts
      from registry_membership m order by m.patient_id, m.registry, m.id`)

const key = ({ patientId, registry }: Pick<Standing, 'patientId' | 'registry'>): string => `${patientId} ${registry}`

/** The stays that go on are who the oracle says is in, with the records it says. */
async function expectStanding(only: (one: Standing) => boolean = () => true): Promise<Standing[]> {
  const open = (await stays()).filter(({ leftBy }) => leftBy === null)
  const known = (await expected()).filter(only)
  const told = ({ patientId, registry, sensitivity }: Standing) => `${key({ patientId, registry })} ${sensitivity ?? 'open'}`
  expect(open.map(told).sort()).toEqual(known.map(told).sort())
  return known
}

/** Park and Miller's minimal standard. */
let random = SEED % 2_147_483_647
const below = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most
const pick = <T>(...of: readonly T[]): T => of[below(of.length)]!

const LABELS = { part2: 'ETH', behavioral: 'PSY' } as const
const stated = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] })
const CODES = { diabetes: 'E11.9', hypertension: 'I10', copd: 'J44.9', depression: 'F32.9', arthritis: 'M17.9' } as const

async function changes(): Promise<object[]> {
  const charts = await sql<{ fhirId: string; content: string }>(
    `select p.fhir_id as "fhirId", v.content from patient p
       join resource_version v on v.practice_id = p.practice_id and v.patient_id = p.id and v.type = 'Patient' and v.superseded_at is null order by p.fhir_id`,
  )
  const label = () => {
    const code = pick(null, null, null, LABELS.part2, LABELS.behavioral)
    return code === null ? {} : { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] } }
  }
  const all: object[] = []
  for (const { fhirId, content } of charts) {
    const subject = { reference: `Patient/${fhirId}` }
    if (below(3) > 0) continue
    // The same few records again and again: begun, ended, taken back, labelled.
    for (let n = below(4); n > 0; n--) {
      const condition = pick(...(Object.keys(CODES) as (keyof typeof CODES)[]))
      all.push({
        ...{ resourceType: 'Condition', id: `${fhirId}-${condition}-${below(2)}`, subject, ...label() },
        code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: CODES[condition] }] },
        clinicalStatus: stated('condition-clinical', pick('active', 'active', 'active', 'remission', 'resolved')),
        verificationStatus: stated('condition-ver-status', pick('confirmed', 'confirmed', 'confirmed', 'entered-in-error')),
        onsetDateTime: pick<string>('2019-02-03', '2024-11-05', addDays('2026-11-23', 200)),
        ...(below(6) === 0 ? { abatementDateTime: pick<string>('2025-03-04', addDays('2026-11-23', 300)) } : {}),
      })
    }
    if (below(3) === 0)
      for (const [n, ago] of [400, 120, 40 + below(100), below(30)].entries())
        all.push({
          ...{
            resourceType: 'Observation',
            id: `${fhirId}-gfr-${n}`,
            subject,
            ...label(),
            status: pick('final', 'final', 'final', 'preliminary'),
          },
          code: { coding: [{ system: 'http://loinc.org', code: '98979-8' }] },
          effectiveDateTime: addDays('2026-11-23', -ago),
          valueQuantity: { value: 45 + below(25), unit: 'mL/min/{1.73_m2}', system: 'http://unitsofmeasure.org', code: 'mL/min/{1.73_m2}' },
        })
    const { deceasedBoolean: _, deceasedDateTime: __, ...person } = JSON.parse(content) as Record<string, unknown>
    if (below(12) === 0) all.push({ ...person, ...pick({ deceasedDateTime: '2026-05-06' }, { deceasedBoolean: true }, {}) })
  }
  return [...new Map(all.map((one) => [`${(one as { resourceType: string }).resourceType}/${(one as { id: string }).id}`, one])).values()]
}

async function send(resources: readonly object[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'commons-registries-'))
  const byType = Map.groupBy(resources as { resourceType: string }[], ({ resourceType }) => resourceType)
  for (const [type, of] of byType) writeFileSync(join(folder, `${type}.ndjson`), of.map((one) => JSON.stringify(one)).join('\n'))
  await runCommons(['import', 'fhir', folder], database.env)
  rmSync(folder, { recursive: true })
}

test(`membership and its history are those of an oracle, round after round (seed ${SEED})`, async () => {
  await inForce()
  const first = await expectStanding()
  const begun = await stays()
  expect(begun.length).toBeGreaterThan(100)
  expect(new Set(begun.map(({ registry }) => registry)).size).toBe(8)
  expect(new Set(begun.map(({ enteredBy }) => enteredBy))).toEqual(new Set(['first-count']))
  const facts = new Map(first.map((one) => [key(one), one.facts]))
  for (const stay of begun) expect([key(stay), stay.facts]).toEqual([key(stay), facts.get(key(stay))])
  expect(await follow()).toBe(0)

  const seen = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const before = await stays()
    await send(await changes())
    const wasIn = new Map((await stays()).flatMap((stay) => (stay.leftBy === null ? [[key(stay), stay]] : [])))
    expect(await follow()).toBeGreaterThan(10)
    const standing = new Map((await expectStanding()).map((one) => [key(one), one]))
    // The oracle says who came and who went; each left a row with why, and no row that is over has changed but for a label.
    const after = await stays()
    expect(after.filter(({ leftBy }) => leftBy !== null).length).toBeGreaterThanOrEqual(
      before.filter(({ leftBy }) => leftBy !== null).length,
    )
    const fresh = after.length - before.length
    const entered = [...standing].filter(
      ([name, { sensitivity }]) => wasIn.get(name)?.sensitivity !== sensitivity || wasIn.get(name) === undefined,
    )
    expect(fresh).toBeGreaterThanOrEqual(entered.length)
    for (const [name, { facts }] of entered) {
      const stay = after.findLast((one) => key(one) === name)!
      expect([name, stay.enteredBy, stay.facts]).toEqual([name, 'records', facts])
      if (after.some((one) => one !== stay && key(one) === name)) seen.add('came back')
    }
    for (const stay of after.filter(({ leftBy }) => leftBy !== null)) {
      const died = stay.leftReasons?.some(({ clause }) => clause === 'Died') ?? false
      expect(stay.leftBy).toBe(died ? 'exit' : 'ended')
      seen.add(stay.leftBy!)
    }
    for (const { sensitivity } of after) seen.add(sensitivity ?? 'open')
    expect(await follow()).toBe(0)
  }
  expect([...seen].sort()).toEqual(['behavioral', 'came back', 'ended', 'exit', 'open', 'part2'])

  // Everybody counted anew by the same versions: nothing moves.
  const still = await stays()
  await pass('the same day')
  expect(await stays()).toEqual(still)

  // Days pass without a record: what begins and ends on a day does so, and results grow old.
  await sql(`update registry_pass set as_of = as_of + 250 where id = (select max(id::text)::uuid from registry_pass)`)
  await sql('update registry_chart set evaluated = false')
  await follow()
  await expectStanding()
  expect((await stays()).length).not.toBe(still.length)
}, 300_000)

test('a registry taken out of force is left by all, and entered anew when it is back; nothing of the past is lost', async () => {
  const before = await stays()
  const [{ hash }] = (await sql<{ hash: string }>(`select package_hash as hash from registry_term where registry = 'arthritis'`)) as [
    { hash: string },
  ]
  const agree = (packageHash: string | null) =>
    sql(
      `insert into registry_term (id, registry, package_hash, position, agreed_with, agreed_at) values ($1, 'arthritis', $2, 4, 'Test', now())`,
      [newId(), packageHash],
    )
  await agree(null)
  await inForce()
  const without = await stays()
  expect(without).toHaveLength(before.length)
  await expectStanding(({ registry }) => registry !== 'arthritis')
  const left = without.filter(({ registry, leftBy }) => registry === 'arthritis' && leftBy === 'retired')
  expect(left.length).toBeGreaterThan(5)
  await agree(hash)
  await inForce()
  await expectStanding()
  const back = await stays()
  expect(back).toHaveLength(before.length + left.length)
  expect(back.filter(({ enteredBy }) => enteredBy === 'definition')).toHaveLength(left.length)
}, 120_000)

describe('a version beside the one in force', () => {
  interface Move {
    readonly practiceId: string
    readonly patientId: string
    readonly change: string
    readonly label: string | null
    readonly reasons: readonly { clause: string; part: string; change: string; facts: readonly string[] }[]
  }
  const movesIn = (id: string) =>
    sql<Move>(
      `select practice_id as "practiceId", patient_id as "patientId", change, sensitivity as label, reasons from registry_mover
        where comparison_id = $1 order by patient_id, change`,
      [id],
    )
  const openIn = async () =>
    new Map(
      (await stays()).flatMap((stay) => (stay.registry === 'arthritis' && stay.leftBy === null ? [[stay.patientId, stay] as const] : [])),
    )
  const agree = (packageHash: string) =>
    sql(
      `insert into registry_term (id, registry, package_hash, position, agreed_with, agreed_at) values ($1, 'arthritis', $2, 4, 'Test', now())`,
      [newId(), packageHash],
    )

  test('who would come in and who would leave does so once it is in force, and counts are of people, to the nearest ten', async () => {
    // What is called arthritis looks for hypertension from now on.
    const [{ bundle, before }] = (await sql<{ bundle: string; before: string }>(
      `select k.bundle, (select hash from registry_package where registry = 'arthritis') as before from registry_package k where registry = 'hypertension'`,
    )) as [{ bundle: string; before: string }]
    const resources = JSON.parse(bundle) as { entry: { resource: { resourceType: string } }[] }
    for (const { resource } of resources.entry)
      if (resource.resourceType === 'Measure') Object.assign(resource, { id: 'arthritis', version: '2.0.0', title: 'Arthritis' })
    const read = readPackage(resources)
    if (!read.ok) throw new Error(JSON.stringify(read))
    const { hash } = read.package
    await sql(
      `insert into registry_package (hash, registry, version, title, description, sources, cql, source_hash, bundle, loaded_at)
       values ($1, 'arthritis', '2.0.0', 'Arthritis', '', '{}', '', '', $2, now())`,
      [hash, JSON.stringify(resources)],
    )
    const user = newId()
    await sql(`insert into app_user (id, name, email, created_at) values ($1, 'Ana Lyst', 'ana@example.com', now())`, [user])
    const ask = async () => {
      const id = newId()
      await sql(
        `insert into registry_comparison (id, registry, before_hash, after_hash, state, requested_by, requested_at)
         values ($1, 'arthritis', $2, $3, 'queued', $4, now())`,
        [id, before, hash, user],
      )
      return id
    }
    const [whole, cut] = [await ask(), await ask()]
    const standing = await stays()
    await compare(whole)
    const moves = await movesIn(whole)
    await compare(cut, true)
    expect(await movesIn(cut)).toEqual(moves)
    expect(await stays()).toEqual(standing)
    // Of comparisons that are over only the newest one keeps who moves.
    expect(await movesIn(whole)).toEqual([])
    const [one, other] = await sql<{ counts: string; state: string; charts_done: number; charts_total: number }>(
      'select counts, state, charts_done, charts_total from registry_comparison order by id',
    )
    expect([other, other!.charts_done]).toEqual([one, one!.charts_total])
    expect(one!.state).toBe('done')

    // Counted by hand: living people, each once.
    const people = await sql<{ id: string; person: string; isDead: boolean }>(
      `select p.id, p.person_id as person, s.deceased as "isDead" from patient p join patient_summary s on s.practice_id = p.practice_id and s.patient_id = p.id`,
    )
    const personOf = new Map(people.flatMap(({ id, person, isDead }) => (isDead ? [] : [[id, person] as const])))
    const counted = (among: readonly Move[]) => {
      const of = (changes: readonly string[]) =>
        new Set(among.flatMap(({ patientId, change }) => (changes.includes(change) ? (personOf.get(patientId) ?? []) : [])))
      const [was, would] = [of(['leaves', 'stays']), of(['enters', 'stays'])]
      const shown = (isOne: (person: string) => boolean) => {
        const some = [...new Set([...was, ...would])].filter(isOne).length
        return some <= 10 ? null : Math.round(some / 10) * 10
      }
      return {
        enters: shown((one) => !was.has(one)),
        leaves: shown((one) => !would.has(one)),
        stays: shown((one) => was.has(one) && would.has(one)),
      }
    }
    const { all, practices, reasons } = JSON.parse(one!.counts)
    expect(all).toEqual(counted(moves))
    expect(all).toMatchObject({ enters: expect.any(Number), leaves: expect.any(Number) })
    expect(practices).toHaveLength(3)
    for (const { practiceId, ...told } of practices)
      expect([practiceId, told]).toEqual([practiceId, counted(moves.filter((move) => move.practiceId === practiceId))])
    expect(reasons.length).toBeGreaterThan(1)
    for (const { people: of } of reasons) expect(of % 10).toBe(0)

    const was = await openIn()
    await agree(hash)
    await inForce()
    const is = await openIn()
    const happened = [...new Set([...was.keys(), ...is.keys()])].flatMap((patientId) => {
      const [from, to] = [was.get(patientId), is.get(patientId)]
      if (from && to && from.sensitivity === to.sensitivity) return [{ patientId, change: 'stays', label: to.sensitivity }]
      return [
        ...(to ? [{ patientId, change: 'enters', label: to.sensitivity }] : []),
        ...(from ? [{ patientId, change: 'leaves', label: from.sensitivity }] : []),
      ]
    })
    const told = (some: readonly Pick<Move, 'patientId' | 'change' | 'label'>[]) =>
      some.map(({ patientId, change, label }) => `${patientId} ${change} ${label ?? 'open'}`).sort()
    expect(told(moves)).toEqual(told(happened))
    expect(new Set(moves.map(({ change, label }) => `${change} ${label ?? 'open'}`)).size).toBeGreaterThan(5)
    for (const { patientId, change, reasons: why } of moves.filter((move) => move.change === 'enters')) {
      expect([patientId, change, why.length > 0]).toEqual([patientId, change, true])
      for (const { clause, part } of why.filter((reason) => reason.part === 'entry'))
        expect([clause, part]).toEqual([expect.stringMatching(/ypertension/), 'entry'])
    }
    await agree(before)
    await inForce()
    await expectStanding()
  }, 120_000)
})

test.each([
  [
    'somebody is missing',
    'delete from registry_membership where ctid = (select ctid from registry_membership where left_on is null limit 1)',
  ],
  [
    'somebody who left is still there',
    `update registry_membership set left_on = null, left_by = null
     where ctid = (select m.ctid from registry_membership m where m.left_on is not null and not exists (
       select from registry_membership o where o.practice_id = m.practice_id and o.patient_id = m.patient_id and o.registry = m.registry and o.left_on is null) limit 1)`,
  ],
  [
    'a stay that rests on protected records is open to all',
    `update registry_membership set sensitivity = null
     where ctid = (select ctid from registry_membership where left_on is null and sensitivity is not null limit 1)`,
  ],
  [
    'an open stay is closed',
    `update registry_membership set sensitivity = 'part2' where ctid = (select ctid from registry_membership where left_on is null and sensitivity is null limit 1)`,
  ],
  [
    'two registries are taken for one another',
    `update registry_membership set registry = case registry when 'diabetes' then 'arthritis' else 'diabetes' end
     where left_on is null and registry in ('diabetes', 'arthritis') and patient_id in (
       select patient_id from registry_membership where left_on is null and registry in ('diabetes', 'arthritis') group by patient_id having count(*) = 1)`,
  ],
])('a planted fault is seen: %s', async (_, fault) => {
  await sql('begin')
  try {
    expect((await owner.query(fault)).rowCount).toBeGreaterThan(0)
    await expect(expectStanding()).rejects.toThrow('toEqual')
  } finally {
    await sql('rollback')
  }
  await expectStanding()
})
