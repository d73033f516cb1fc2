import { buildApiSchema, createApi } from '@carecommons/api'
import type { Need } from '@carecommons/domain/graphql'
import { openDatabase } from '@carecommons/database'
import { newId } from '@carecommons/kernel'
import { type Answer, type Caller, openCaller, openTestApi, SEALING_KEY, type TestApi } from '../support/api.ts'
import { plantRegistryComparison } from '../support/planted-comparison.ts'
import { wholeQueries } from '../support/whole-queries.ts'
import { canaries, type PracticeKey, type World } from '../support/world.ts'
import { type Asker, plantSystems, standingCaller, type SystemKey } from '../support/standing-sessions.ts'
import { mayDo } from './matrix/permitted.ts'
import { openAbility, openPolicies } from './matrix/walls-down.ts'

const schema = buildApiSchema()

/** Who may meet which canaries. */
const mayMeet: Partial<Readonly<Record<Asker, readonly PracticeKey[]>>> = {
  administrator: [],
  alderClinician: ['alder'],
  alderAdministrator: ['alder'],
  birchClinician: ['birch'],
  careManager: ['alder', 'birch'],
  careSupervisor: ['alder'],
  alderQualityLead: ['alder'],
  alderStaff: ['alder'],
  alderPatient: ['alder'],
  auditor: [],
  workforceManager: [],
  pineAnalyst: [],
  pineSystem: [],
  alderFeed: [],
}
const users = Object.keys(mayMeet) as Asker[]
const isSystem = (user: Asker): user is SystemKey => user === 'pineSystem' || user === 'alderFeed'
const callerFor = async (api: TestApi, user: Asker): Promise<Caller> => (isSystem(user) ? standingCaller(api, user) : api.signedIn(user))

/** Everything that can be asked, or that is open to somebody, with ids of a practice's charts where an id is due. */
const questions = (world: World, practice: PracticeKey, user?: Asker) => {
  const [chart] = world.charts[practice]
  const given = {
    // By age the charts of all practices would stand mixed.
    'Query.patients': 'first: 8, search: "mrn", sort: AGE',
    'Patient.encounters': 'first: 2',
    'Query.organizations': 'first: 3',
    'Query.careManagers': 'first: 3',
    'Query.sharedStaff': 'first: 3',
    'PracticeOverview.strata': 'measure: "control"',
    'RegionOverview.strata': 'measure: "control"',
    'Query.previewLead': `input: { cases: [{ id: "${chart}", version: 1 }] }`,
    'Query.caseload': 'first: 3',
    'Query.patient': `id: "${chart}"`,
    'Query.reason': `patientId: "${chart}", measure: "control"`,
    'Query.run': `id: "${world.runId}"`,
    'Query.whyVisible': `id: "${chart}"`,
    'Query.whoCanSee': `patientId: "${chart}"`,
    'Query.disclosures': `patientId: "${chart}"`,
    'Query.patientSignIn': `patientId: "${chart}"`,
    'Query.chartLooks': `patientId: "${chart}"`,
    'Query.organization': `id: "${world.practices[practice]}"`,
    'Query.recordReaders': `practiceId: "${world.practices[practice]}"`,
    'Query.sessionState': 'inUse: false',
    'Query.invitationBehind': 'token: "nothing"',
    'Query.performance': 'period: { start: "2025-01-01", end: "2025-12-31" }',
  }
  return wholeQueries(schema, given, ({ extensions }) => {
    const need = extensions['needs'] as Need | undefined
    return !user || !need || mayDo(user, need.action, need.subject)
  })
}

function expectNoForeign(user: Asker, field: string, { text, headers }: Answer): void {
  for (const practice of Object.keys(canaries) as PracticeKey[]) {
    if (mayMeet[user]?.includes(practice)) continue
    expect({
      user,
      field,
      met: [text, ...headers.values()].filter((part) => part.toLowerCase().includes(canaries[practice].toLowerCase())),
    }).toEqual({ user, field, met: [] })
  }
}

describe('all walls standing', () => {
  let api: TestApi
  let clinician: Caller
  beforeAll(async () => {
    api = await openTestApi()
    await plantSystems(api)
    clinician = await api.signedIn('alderClinician')
  })
  afterAll(() => api.close())

  test("hardening 1: another practice's chart gets the very answer of a chart that does not exist", async () => {
    const ask = (id: string) => clinician.ask('query ($id: ID!) { patient(id: $id) { id familyName gaps { state } } }', { id })
    const [before] = await api.sql('select max(id::text) as id from audit_event')
    const missing = await ask('01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0')
    expect(missing.text.trim()).toBe('{"data":{"patient":null}}')
    const foreign = api.world.charts.birch[0]!
    for (const id of [
      foreign,
      foreign.toUpperCase(),
      `{${foreign}}`,
      foreign.replaceAll('-', ''),
      'patient-00',
      '',
      '0',
      `' or true --`,
      '\u{1f9d1}',
      'x'.repeat(5000),
    ]) {
      const answer = await ask(id)
      expect({ id, status: answer.status, text: answer.text }).toEqual({ id, status: 200, text: missing.text })
    }
    // The own audit says that somebody asked for it and got nothing: the same words for a foreign id as for one that nobody has.
    const events = await api.sql(
      `select distinct outcome, practice_id from audit_event where subject_ids && $1::uuid[]
          and user_id = (select id from app_user where email = $2) and id > $3`,
      [[foreign, '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'], api.world.users.alderClinician.email, before!.id],
    )
    expect(events).toEqual([{ outcome: 'not-found', practice_id: api.world.practices.alder }])
  })

  test('hardening 9: searching, counting and paging end at the own practice', async () => {
    const count = async (variables: object) =>
      (
        await clinician.ask(
          'query ($search: String, $after: String) { patients(search: $search, after: $after) { totalCount edges { node { id } } pageInfo { hasNextPage } } }',
          variables,
        )
      ).data.patients
    expect(await count({ search: canaries.birch })).toEqual({ totalCount: 0, edges: [], pageInfo: { hasNextPage: false } })
    // The same record number and birth dates exist in every practice.
    expect((await count({ search: 'MRN-00' })).totalCount).toBe(1)
    expect((await count({ search: 'canary' })).totalCount).toBe(25)
    const birch = await api.signedIn('birchClinician')
    const { data } = await birch.ask('{ patients(first: 1) { pageInfo { endCursor } } }')
    const continued = await count({ after: data.patients.pageInfo.endCursor })
    expect(continued.totalCount).toBe(24)
    expect(continued.edges.every(({ node }: { node: { id: string } }) => api.world.charts.alder.includes(node.id))).toBe(true)
  })

  test('hardening 15: 500 requests of many scopes over two connections, some cut off, some failing, never mix', async () => {
    const database = openDatabase(api.appUrl, { max: 2 })
    const crowd = await createApi({
      sealingKey: SEALING_KEY,
      database,
      log: () => undefined,
      clock: { now: () => new Date('2026-03-02T15:00:00Z'), today: () => '2026-03-02' },
    })
    try {
      const { url } = await crowd.listen(0)
      /** How it was answered: the code of its first error, and whose charts stand in it. */
      const told = ({ status, errors, text }: Answer) => ({
        status,
        code: errors[0]?.extensions['code'],
        met: (Object.keys(canaries) as PracticeKey[]).filter((practice) => text.toLowerCase().includes(canaries[practice].toLowerCase())),
      })
      const failing = '{ patients(after: "nonsense") { totalCount } }'
      const looked = api.world.charts.alder[1]!
      expect((await clinician.ask(`{ disclosures(patientId: "${looked}") { __typename } }`)).errors).toEqual([])
      const callers = await Promise.all(
        users.map(async (user) => {
          const whole = questions(api.world, 'birch', user)
          const ofOneChart = whole['auditEvents']!.replace(
            'auditEvents',
            `auditEvents(filter: { patientId: "${looked}", subject: "Disclosure" })`,
          )
          const fields = [...Object.entries({ ofOneChart, ...whole }), ['failing', failing] as const]
          const calm = await callerFor(api, user)
          const expected = new Map<string, ReturnType<typeof told>>()
          for (const [field, query] of fields) expected.set(field, told(await calm.ask(query)))
          const caller = isSystem(user) ? standingCaller({ url }, user) : Object.assign(openCaller(url), { cookie: calm.cookie })
          return { user, fields, caller, expected }
        }),
      )
      // Otherwise everybody could be signed out, and nothing foreign would be met.
      const ofPatients = Object.fromEntries(callers.map(({ user, expected }) => [user, expected.get('patients')]))
      const auditOf = callers.find(({ user }) => user === 'alderAdministrator')!.expected
      expect(auditOf.get('ofOneChart')).toMatchObject({ code: undefined, met: ['alder'] })
      expect(ofPatients).toMatchObject({
        alderClinician: { status: 200, code: undefined, met: ['alder'] },
        birchClinician: { status: 200, code: undefined, met: ['birch'] },
        careManager: { status: 200, code: undefined, met: ['alder', 'birch'] },
        careSupervisor: { status: 200, code: undefined, met: ['alder'] },
        administrator: { code: 'FORBIDDEN', met: [] },
        pineSystem: { code: 'FORBIDDEN', met: [] },
      })
      const turns = Array.from({ length: 500 }, async (_, n) => {
        const { user, fields, caller, expected } = callers[n % callers.length]!
        const [field, query] = n % 10 === 3 ? (['failing', failing] as const) : fields[Math.floor(n / callers.length) % fields.length]!
        if (n % 10 !== 7) {
          const answer = await caller.ask(query)
          expectNoForeign(user, field, answer)
          // The audit's first page fills with the crowd's own rows, not all of which name a chart; `ofOneChart` always names hers.
          const calm = field === 'auditEvents' ? { ...expected.get(field)!, met: expect.any(Array) } : expected.get(field)!
          return expect({ user, field, ...told(answer) }).toEqual({ user, field, ...calm })
        }
        const cut = caller.fetch('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-commons': 'web' },
          body: JSON.stringify({ query }),
          signal: AbortSignal.timeout(n % 40),
        })
        await cut.then(
          (response) => response.text(),
          () => undefined,
        )
      })
      await Promise.all(turns)
    } finally {
      await crowd.close()
      await database.close()
    }
  })
})

test('with both walls down foreign canaries are met: these cases would see a hole', async () => {
  const api = await openTestApi({ ability: openAbility })
  await openPolicies(api)
  const caller = await api.signedIn('alderClinician')
  const { patients, patient } = questions(api.world, 'birch')
  const texts = [(await caller.ask(patients!)).text, (await caller.ask(patient!)).text]
  await api.close()
  for (const text of texts) expect(text.includes(canaries.birch)).toBe(true)
})

/** A comparison in which one chart of each practice moves, and a trial of a draft. */
async function plantComparison({ sql, world }: TestApi): Promise<{ comparisonId: string; draftId: string }> {
  const [comparisonId, draftId] = [newId(), newId()]
  const [{ id: me }] = (await sql(`select id from app_user where email = $1`, [world.users.analyst.email])) as [{ id: string }]
  await sql(
    `insert into package_comparison (id, before_hash, after_hash, period_start, period_end, state, requested_by, requested_at, finished_at)
     values ($1, repeat('c', 64), repeat('d', 64), '2025-01-01', '2025-12-31', 'done', $2, now(), now())`,
    [comparisonId, me],
  )
  await sql(
    `insert into comparison_move (comparison_id, group_index, before, after, charts, reasons) values ($1, 0, 'numerator', 'denominator', 4711, '[]')`,
    [comparisonId],
  )
  for (const practice of Object.keys(canaries) as PracticeKey[])
    await sql(
      `insert into comparison_mover (practice_id, comparison_id, patient_id, group_index, before, after, lost, gained)
       values ($1, $2, $3, 0, 'numerator', 'denominator', '{}', '{}')`,
      [world.practices[practice], comparisonId, world.charts[practice][0]],
    )
  await sql(
    `insert into measure_draft (id, title, description, improvement, cql, version, updated_by, updated_at) values ($1, 'D', '', 'increase', '', 1, $2, now())`,
    [draftId, me],
  )
  await sql(
    `insert into draft_trial (id, draft_id, period_start, period_end, state, sample, initial_population, requested_by, requested_at)
     values ($1, $2, '2025-01-01', '2025-12-31', 'done', 4712, 4712, $3, now())`,
    [newId(), draftId, me],
  )
  return { comparisonId, draftId }
}

/** Files to call people by, movers, moves and trials, as one of the walls alone has to hold them. */
async function proveComparison(api: TestApi): Promise<void> {
  const { comparisonId, draftId } = await plantComparison(api)
  const met = (text: string) => (Object.keys(canaries) as PracticeKey[]).filter((practice) => text.includes(canaries[practice]))
  const foreign = api.world.charts.cedar.join(',')
  for (const [user, own] of [
    ['birchClinician', ['birch']],
    ['careManager', ['alder', 'birch']],
  ] as const) {
    const caller = await api.signedIn(user)
    const list = async (query = '') => (await caller.fetch(`/exports/outreach.csv?measure=control${query}`)).text()
    expect({ user, met: met(await list()) }).toEqual({ user, met: own })
    expect({ user, met: met(await list(`&patients=${foreign}`)) }).toEqual({ user, met: [] })
  }
  await plantRegistryComparison(api, { userEmail: api.world.users.analyst.email, charts: api.world.charts })
  for (const list of ['measureMovers', 'registryMovers']) {
    const movers = await (await api.signedIn('birchClinician')).ask(`{ ${list} { familyName } }`)
    expect({ list, errors: movers.errors, met: met(movers.text) }).toEqual({ list, errors: [], met: ['birch'] })
  }
  const counts = `{ packageComparison(id: "${comparisonId}") { moves { charts } } measureDraft(id: "${draftId}") { trials { sample } }
    registryComparisons { all { enters } } }`
  for (const user of ['birchClinician', 'careManager', 'pineAnalyst', 'alderPatient'] as const) {
    const { text } = await (await api.signedIn(user)).ask(counts)
    expect({ user, text: text.includes('FORBIDDEN') && !/471[12]/.test(text) }).toEqual({ user, text: true })
  }
  for (const user of ['administrator', 'analyst', 'pineAnalyst'] as const) {
    const response = await (await api.signedIn(user)).fetch('/exports/outreach.csv?measure=control')
    expect({ user, status: response.status, met: met(await response.text()) }).toEqual({ user, status: 403, met: [] })
  }
  // Nobody is refused for want of rows.
  expect((await (await api.signedIn('analyst')).ask(counts)).data).toEqual({
    packageComparison: { moves: [{ charts: 4711 }] },
    measureDraft: { trials: [{ sample: 4712 }] },
    registryComparisons: [{ all: { enters: 47110 } }],
  })
}

/** A file of the list is its asker's alone: not their colleagues', not that of whoever runs the practice. */
async function proveFile({ sql, world, signedIn }: TestApi): Promise<void> {
  const [file] = (await sql(
    `insert into list_export (id, membership_id, format, filter, sort, reversed, columns, state, requested_at, finished_at, charts, content)
     select $2, m.id, 'csv', '{}', 'NAME', false, '{age}', 'done', now(), now(), '{}', 'in the file' from membership m join app_user u on u.id = m.user_id
      where u.email = $1 returning id`,
    [world.users.alderClinician.email, newId()],
  )) as [{ id: string }]
  for (const user of ['alderClinician', 'alderAdministrator', 'alderStaff', 'birchClinician', 'careManager', 'pineAnalyst'] as const) {
    const response = await (await signedIn(user)).fetch(`/exports/lists/${file.id}`)
    expect({ user, isTold: (await response.text()).includes('in the file') }).toEqual({ user, isTold: user === 'alderClinician' })
  }
}

describe('with every ability open, row-level security alone', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi({ ability: openAbility })
  })
  afterAll(() => api.close())

  test('hardening 20, 21: payer and region find no way to a chart; the database says no, the answer says it in words', async () => {
    for (const user of ['pineAnalyst', 'administrator'] as const) {
      const caller = await api.signedIn(user)
      for (const field of ['patients', 'patient', 'practice']) {
        const { errors, data } = await caller.ask(questions(api.world, 'alder')[field]!)
        expect(errors.map(({ extensions }) => extensions['code'])).toContain('FORBIDDEN')
        expect(data).toBeNull()
      }
    }
    expect(api.log.some(({ event }) => event === 'RefusedByDatabase')).toBe(true)
  })

  test('people to call, movers, moves and trials end where they do with both walls', () => proveComparison(api))
  test('a file of the list is its asker’s alone', () => proveFile(api))

  test('lists and counts end at the own practice', async () => {
    const { data } = await (
      await api.signedIn('birchClinician')
    ).ask('{ patients { totalCount } practice { chartCount scores { denominator } } }')
    expect(data).toMatchObject({
      patients: { totalCount: 13 },
      practice: { chartCount: 14, scores: [{ denominator: 14 }, { denominator: 14 }] },
    })
  })
})

describe('with every policy swapped for "everything", the abilities alone', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi()
    await openPolicies(api)
  })
  afterAll(() => api.close())

  test('the swap was made: the database role now sees everybody', async () => {
    await api.sql('set role commons_practice')
    expect(await api.sql('select count(distinct practice_id)::int as practices from patient')).toEqual([{ practices: 3 }])
    await api.sql('reset role')
  })

  test('people to call, movers, moves and trials end where they do with both walls', () => proveComparison(api))
  test('a file of the list is its asker’s alone', () => proveFile(api))

  test('lists and counts end at the own practice and the own payer', async () => {
    const { data } = await (
      await api.signedIn('birchClinician')
    ).ask(
      '{ patients { totalCount } practice { chartCount scores { denominator } gapCounts { open } conditionCounts { count } comparisons { own { denominator } region { rate } } } }',
    )
    expect(data.patients.totalCount).toBe(13)
    expect(data.practice).toEqual({
      chartCount: 14,
      scores: [{ denominator: 14 }, { denominator: 14 }],
      gapCounts: [{ open: 6 }, { open: 3 }],
      conditionCounts: [{ count: 7 }, { count: 7 }],
      // Of two others no rate of the region is told.
      comparisons: Array(2).fill({ own: { denominator: 14 }, region: null }),
    })
    const pulled = await (await api.signedIn('pineAnalyst')).ask('{ performance { rows { denominator } } }')
    expect(pulled.data.performance.rows).toHaveLength(5)
    expect(pulled.text).not.toContain('77777')
  })
})
