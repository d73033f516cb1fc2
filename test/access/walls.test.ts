import { buildApiSchema, createApi } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'
import { type Answer, type Caller, openCaller, openTestApi, SEALING_KEY, type TestApi } from '../support/api.ts'
import { wholeQueries } from '../support/whole-queries.ts'
import { canaries, type PracticeKey, type UserKey, type World } from '../support/world.ts'
import { openAbility, openPolicies } from './matrix/walls-down.ts'

/** Who may meet which canaries. */
const mayMeet: Partial<Readonly<Record<UserKey, readonly PracticeKey[]>>> = {
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
}
const users = Object.keys(mayMeet) as UserKey[]

/** Everything that can be asked, with ids of a practice's charts where an id is due. */
const questions = (world: World, practice: PracticeKey, n: number) =>
  wholeQueries(buildApiSchema(), {
    // By age the charts of all practices would stand mixed.
    'Query.patients': 'first: 8, search: "mrn", sort: AGE',
    'Patient.encounters': 'first: 2',
    'Query.patient': `id: "${world.charts[practice][n]}"`,
    'Query.run': `id: "${world.runId}"`,
    'Query.whyVisible': `id: "${world.charts[practice][n]}"`,
    'Query.whoCanSee': `patientId: "${world.charts[practice][n]}"`,
    'Query.chartLooks': `patientId: "${world.charts[practice][n]}"`,
    'Query.disclosures': `patientId: "${world.charts[practice][n]}"`,
    'Query.patientSignIn': `patientId: "${world.charts[practice][n]}"`,
    'Query.organization': `id: "${world.practices[practice]}"`,
    'Query.recordReaders': `practiceId: "${world.practices[practice]}"`,
    'Query.sessionState': 'inUse: false',
    'Query.invitationBehind': 'token: "nothing"',
    'Query.performance': 'period: { start: "2025-01-01", end: "2025-12-31" }',
  })

function expectNoForeign(user: UserKey, field: string, { text, headers }: Answer): void {
  for (const practice of Object.keys(canaries) as PracticeKey[]) {
    if (mayMeet[user]?.includes(practice)) continue
    expect({
      user,
      field,
      met: [text, ...headers.values()].filter((part) => part.toLowerCase().includes(canaries[practice].toLowerCase())),
    }).toEqual({ user, field, met: [] })
  }
}

/** Asks everything there is, as everybody, with ids of every practice. */
async function askEverything(api: TestApi): Promise<void> {
  for (const user of users) {
    const caller = await api.signedIn(user)
    for (const practice of ['alder', 'birch'] as const) {
      for (const [field, query] of Object.entries(questions(api.world, practice, 0))) {
        const answer = await caller.ask(query)
        // A question that is refused for its size proves nothing.
        expect({
          field,
          sizes: answer.errors
            .map(({ extensions }) => extensions['code'])
            .filter((code) => /COST|VALIDATION|BAD|INTERNAL/.test(code ?? '')),
        }).toEqual({ field, sizes: [] })
        expectNoForeign(user, field, answer)
      }
    }
  }
}

describe('all walls standing', () => {
  let api: TestApi
  let clinician: Caller
  beforeAll(async () => {
    api = await openTestApi()
    clinician = await api.signedIn('alderClinician')
  })
  afterAll(() => api.close())

  test('whatever is asked, nobody meets a foreign canary; whoever may, meets their own', async () => {
    await askEverything(api)
    const own = await clinician.ask(questions(api.world, 'alder', 0)['patient']!)
    expect(own.errors).toEqual([])
    expect(own.text).toContain(canaries.alder)
  })

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
    const { url } = await crowd.listen(0)
    const callers = await Promise.all(
      users.map(async (user) => {
        const caller = openCaller(url)
        caller.cookie = (await api.signedIn(user)).cookie
        return { user, caller }
      }),
    )
    const asked = questions(api.world, 'birch', 0)
    const failing = '{ patients(after: "nonsense") { totalCount } }'
    const turns = Array.from({ length: 500 }, async (_, n) => {
      const { user, caller } = callers[n % callers.length]!
      const [field, query] = n % 10 === 3 ? ['failing', failing] : Object.entries(asked)[n % Object.keys(asked).length]!
      if (n % 10 !== 7) return expectNoForeign(user, field, await caller.ask(query))
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
    await crowd.close()
    await database.close()
  }, 60_000)
})

test('with both walls down foreign canaries are met: these cases would see a hole', async () => {
  const api = await openTestApi({ ability: openAbility })
  await openPolicies(api)
  const caller = await api.signedIn('alderClinician')
  const { patients, patient } = questions(api.world, 'birch', 0)
  const texts = [(await caller.ask(patients!)).text, (await caller.ask(patient!)).text]
  await api.close()
  for (const text of texts) expect(text.includes(canaries.birch)).toBe(true)
})

describe('with every ability open, row-level security alone', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi({ ability: openAbility })
  })
  afterAll(() => api.close())

  test('nobody meets a foreign canary', () => askEverything(api), 60_000)

  test('hardening 20, 21: payer and region find no way to a chart; the database says no, the answer says it in words', async () => {
    for (const user of ['pineAnalyst', 'administrator'] as const) {
      const caller = await api.signedIn(user)
      for (const field of ['patients', 'patient', 'practice']) {
        const { errors, data } = await caller.ask(questions(api.world, 'alder', 0)[field]!)
        expect(errors.map(({ extensions }) => extensions['code'])).toContain('FORBIDDEN')
        expect(data).toBeNull()
      }
    }
    expect(api.log.some(({ event }) => event === 'RefusedByDatabase')).toBe(true)
  })

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

  test('nobody meets a foreign canary', () => askEverything(api), 60_000)

  test('lists and counts end at the own practice and the own payer', async () => {
    const { data } = await (
      await api.signedIn('birchClinician')
    ).ask(
      '{ patients { totalCount } practice { chartCount scores { denominator } gapCounts { open } conditionCounts { count } comparisons { own { denominator } region { denominator } } } }',
    )
    expect(data.patients.totalCount).toBe(13)
    expect(data.practice).toEqual({
      chartCount: 14,
      scores: [{ denominator: 14 }, { denominator: 14 }],
      gapCounts: [{ open: 6 }, { open: 3 }],
      conditionCounts: [{ count: 7 }, { count: 7 }],
      comparisons: Array(2).fill({ own: { denominator: 14 }, region: { denominator: 42 } }),
    })
    const pulled = await (await api.signedIn('pineAnalyst')).ask('{ performance { rows { denominator } } }')
    expect(pulled.data.performance.rows).toHaveLength(5)
    expect(pulled.text).not.toContain('77777')
  })
})
