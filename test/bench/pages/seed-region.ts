import { loginsFor, migrate, openDatabase } from '@carecommons/database'
import type { RoleName } from '@carecommons/access'
import { conditionGroups } from '@carecommons/cql'
import { addUser, createRegion, estimateAlike } from '@carecommons/domain'
import { isRefusal } from '@carecommons/kernel'
import { Client } from 'pg'
import { type Cluster, ensureDatabase } from '../../../packages/database/src/embedded/index.ts'

/** Charts in one practice. */
export const CHARTS_EACH = 5_000
export const PRACTICES = Number(process.env.COMMONS_BENCH_PRACTICES ?? 40)
/** Practices of the care manager. */
export const ASSIGNED = 12

interface Card {
  readonly email: string
  readonly password: string
}

export interface SeededRegion {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly practiceIds: readonly string[]
  /** One clinician of each practice. */
  readonly clinicians: readonly Card[]
  /** Works for the first twelve practices. */
  readonly careManager: Card
}

/** A region by SQL, as its projections would stand after imports: practices of 5,000 charts, each with one clinician who signs in. */
export async function seedRegion(cluster: Cluster, practiceCount = PRACTICES): Promise<SeededRegion> {
  const name = `bench_${practiceCount}`
  await ensureDatabase(cluster, name)
  const ownerUrl = cluster.url(name)
  const logins = loginsFor(ownerUrl, '')
  await migrate(ownerUrl, logins)
  const appUrl = logins.app.url
  const database = openDatabase(appUrl)
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const region = await createRegion(database, { name: 'Riverton', timeZone: 'America/New_York', isDemo: false })
    // Foreign keys hold by construction; checking each of a million rows would be most of the seeding.
    await owner.query(`set session_replication_role = replica`)
    for (const [text, values] of statements(region.id, practiceCount)) await owner.query(text, values)
    const organizations = async (kind: string) =>
      (await owner.query<{ id: string }>('select id from organization where kind = $1 order by slug', [kind])).rows
    const practices = await organizations('practice')
    const [body] = await organizations('coordinating-body')
    const card = async (name: string, role: RoleName, organizationId: string): Promise<Card> => {
      const added = await addUser(database, { name, email: `${name}@example.org`, role, organizationId, from: '2020-01-01' })
      if (isRefusal(added)) throw new Error(added.message)
      return added
    }
    const clinicians = await Promise.all(practices.map(({ id }, index) => card(`clinician-${index}`, 'clinician', id)))
    const careManager = await card('care-manager', 'care-manager', body!.id)
    await owner.query(
      `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at)
       select uuidv7(), m.id, p.id, 'assignment', '2020-01-01', now() from membership m cross join unnest($1::uuid[]) p (id) where m.role = 'care-manager'`,
      [practices.slice(0, ASSIGNED).map(({ id }) => id)],
    )
    // What a server does by itself within minutes: fresh statistics and visibility maps, nothing left to write.
    await owner.query('vacuum (analyze)')
    await estimateAlike(database)
    await owner.query('checkpoint')
    return { ownerUrl, appUrl, practiceIds: practices.map(({ id }) => id), clinicians, careManager }
  } finally {
    await owner.end()
    await database.close()
  }
}

/** A number from 0 to `below` that looks random and is the same at every seeding. */
const draw = (salt: string, below: number) => `(hashint8extended(n, ${salt.length * 7919}) & 2147483647) % ${below}`
const pick = (salt: string, words: string) =>
  `(array[${words.split(' ').map((word) => `'${word}'`)}])[1 + ${draw(salt, words.split(' ').length)}]`

const FAMILIES =
  'Abbott Alvarez Baker Bennett Brooks Carter Chen Collins Cooper Diaz Edwards Evans Fisher Flores Foster Garcia Gomez Gray Green Hall Harris Hughes Jackson James Johnson Jones Kelly Kim King Lee Lewis Long Lopez Martin Miller Moore Morgan Murphy Myers Nelson Nguyen Okafor Ortiz Parker Patel Perez Price Ramos Reed Rivera Roberts Rogers Ross Russell Sanchez Scott Smith Stewart Sullivan Taylor Thomas Torres Turner Walker Ward Watson White Williams Wilson Wood Wright Young'
const GIVEN =
  'Ada Amir Ana Ben Carla Chidi Clara Daniel Diego Dora Elena Emil Esther Felix Grace Hana Hugo Ines Ivan Jada James Jin Jonas Kira Lara Leo Lina Luis Mara Marco Mei Milo Nadia Nia Noah Nora Omar Paula Pedro Priya Rosa Ruth Sam Sara Tariq Tess Uma Victor Wei Yara Zoe'

function statements(regionId: string, practiceCount: number): [string, unknown[]?][] {
  const conditions = conditionGroups.map(({ key }) => key)
  const day = (salt: string, years: number) => `date '2026-11-20' - (${draw(salt, years * 365)})::int`
  const value = (salt: string, least: number, span: number, digits: number) =>
    `round((${least} + ${draw(salt, span * 10)} / 10.0)::numeric, ${digits})`
  return [
    [
      `insert into organization (id, region_id, kind, name, slug, city, created_at, active_since)
       select uuidv7(), $1, 'practice', 'Practice ' || n, 'practice-' || lpad(n::text, 4, '0'), 'Riverton', now(), '2020-01-01' from generate_series(1, ${practiceCount}) n`,
      [regionId],
    ],
    [
      `create temporary table seeded as
      select n, uuidv7() as id, uuidv7() as person_id, o.id as practice_id from generate_series(1, ${practiceCount * CHARTS_EACH}) n
        join (select id, row_number() over (order by slug) as place from organization where kind = 'practice') o on o.place = 1 + (n - 1) / ${CHARTS_EACH}`,
    ],
    [`insert into person (id, created_at) select person_id, now() from seeded`],
    [
      `insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, birth_date, gender, deceased, deceased_on, record_number, phone, address, clinician)
      select id, practice_id, person_id, id::text, ${pick('family', FAMILIES)} || case when n % 3 = 0 then '-' || n % 997 else '' end, ${pick('given', GIVEN)},
             ${day('birth..', 90)}, case when n % 2 = 0 then 'female' else 'male' end, n % 50 = 0, case when n % 50 = 0 then ${day('death', 5)} end,
             'MRN' || lpad(n::text, 7, '0'), '555-' || lpad((n % 10000)::text, 4, '0'), n || ' River Road, Riverton', 'Dr. ' || ${pick('clinician', FAMILIES)}
        from seeded`,
    ],
    [
      `insert into patient_summary (practice_id, patient_id, sort_name, birth_date, deceased, condition_count, a1c, a1c_on, systolic, diastolic, blood_pressure_on,
                                   phq9, phq9_on, last_visit_on, care_manager, last_contact_on, open_gaps, risk_rank, data_through, resource_count)
      select p.practice_id, p.id, lower(p.family_name || ' ' || p.given_name), p.birth_date, p.deceased, ${draw('count', 6)},
             case when n % 4 <> 0 then ${value('a1c', 5, 7, 1)} end, case when n % 4 <> 0 then ${day('a1c on', 2)} end,
             ${value('systolic', 95, 90, 0)}, ${value('diastolic', 55, 50, 0)}, ${day('pressure on', 2)},
             case when n % 5 = 0 then ${value('phq9', 0, 27, 0)} end, case when n % 5 = 0 then ${day('phq9 on.', 2)} end,
             ${day('last visit on', 3)}, case when n % 6 = 0 then ${pick('care manager', GIVEN)} end, case when n % 6 = 0 then ${day('last contact on', 1)} end,
             ${draw('open gaps.....', 5)}, ${draw('risk rank......', 500)}, date '2026-11-20', 60 + ${draw('resources......', 80)}
        from seeded s join patient p on p.id = s.id`,
    ],
    [
      `insert into patient_risk (practice_id, patient_id, tier, segment, opportunity, reasons, worked_out_on, watermark)
       select practice_id, patient_id, risk_rank / 100, 'stable', risk_rank % 100, array['Diabetes', 'HbA1c over 9 %'], date '2026-11-20', 0 from patient_summary`,
    ],
    [
      `insert into patient_condition (practice_id, condition, patient_id, deceased, risk_rank)
       select s.practice_id, c.key, s.id, p.deceased, p.risk_rank from seeded s
        join patient_summary p on p.practice_id = s.practice_id and p.patient_id = s.id
       cross join unnest($1::text[]) with ordinality c (key, place)
        where (hashint8extended(s.n, c.place) & 2147483647) % 100 < 18`,
      [conditions],
    ],
    [
      `insert into patient_search (practice_id, term, patient_id)
      select distinct p.practice_id, t.term, p.id from patient p
       cross join lateral unnest(array[lower(p.family_name), lower(p.given_name), lower(p.record_number), p.birth_date::text]) t (term)`,
    ],
    [
      `insert into registry_count (practice_id, living) select practice_id, count(*) filter (where not deceased) from patient_summary group by practice_id`,
    ],
    ['drop table seeded'],
  ]
}
