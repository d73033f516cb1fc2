// Who would come into a registry and who would leave it: the region asks and is told of people to the nearest ten, a practice of its own by name.
import { labelPractice } from '@carecommons/domain'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { OTHER_VERSION, plantRegistryComparison } from '../support/planted-comparison.ts'

let api: TestApi
let analyst: Caller
beforeAll(async () => {
  api = await openTestApi()
  analyst = await api.signedIn('analyst')
})
afterAll(() => api.close())

const plant = () => plantRegistryComparison(api, { userEmail: api.world.users.analyst.email, charts: api.world.charts })
const COMPARE = `mutation ($input: CompareRegistryInput!) { compareRegistry(input: $input) {
  __typename ... on RegistryComparison { id registry title beforeVersion afterVersion afterHash state asOf chartsTotal isCurrent all { enters } practices { practiceName }
    reasons { clause } requestedBy } ... on Refused { code } } }`
const compare = async (packageHash: string, idempotencyKey: string) =>
  (await analyst.ask(COMPARE, { input: { packageHash, idempotencyKey } })).data.compareRegistry
const COMPARISONS = `{ registryComparisons { id afterVersion isCurrent state all { enters leaves stays } practices { practiceName enters leaves stays }
  reasons { move clause part change people } } }`
const comparisons = async () => (await analyst.ask(COMPARISONS)).data.registryComparisons
const MOVERS =
  '{ registryMovers(first: 50) { patientId familyName registry title beforeVersion afterVersion asOf move reasons { clause part change } } }'
const moversOf = async (caller: Caller) => {
  const { data, errors } = await caller.ask(MOVERS)
  expect(errors).toEqual([])
  return data.registryMovers
}

test('a comparison is asked for once, as work of its own, and nobody comes in or leaves by it', async () => {
  const id = await plant()
  await api.sql('delete from registry_mover')
  await api.sql('delete from registry_comparison where id = $1', [id])
  const standing = await api.sql('select * from registry_membership order by id')
  const asked = await compare(OTHER_VERSION, 'compare-diabetes')
  expect(asked).toEqual({
    ...{ __typename: 'RegistryComparison', id: expect.any(String), registry: 'diabetes', title: 'Diabetes', beforeVersion: '1.0.0' },
    ...{ afterVersion: '2.0.0', afterHash: OTHER_VERSION, state: 'QUEUED', asOf: null, chartsTotal: 0, isCurrent: true },
    ...{ all: null, practices: [], reasons: [], requestedBy: 'Ana Lyst' },
  })
  expect(await compare(OTHER_VERSION, 'compare-diabetes')).toMatchObject({ id: asked.id })
  expect(await api.sql(`select name, practice_id, state from job where subject_id = $1`, [asked.id])).toEqual([
    { name: 'registries.compare', practice_id: null, state: 'queued' },
  ])
  expect(await api.sql('select * from registry_membership order by id')).toEqual(standing)
  expect(await api.sql(`select action, subject from audit_event where subject_ids = array[$1]::uuid[]`, [asked.id])).toEqual([
    { action: 'create', subject: 'Registry' },
  ])
})

test('what is in force, or is not there, is refused', async () => {
  expect(await compare('a'.repeat(64), 'compare-in-force')).toEqual({ __typename: 'Refused', code: 'InForceAlready' })
  expect(await compare('0'.repeat(64), 'compare-nothing')).toEqual({ __typename: 'Refused', code: 'DefinitionUnknown' })
})

describe('once it is done', () => {
  let id: string
  beforeAll(async () => void (id = await plant()))

  test('the region sees people to the nearest ten by practice, and which clauses move them', async () => {
    const [told] = await comparisons()
    expect(told).toMatchObject({
      id,
      afterVersion: '2.0.0',
      isCurrent: true,
      state: 'DONE',
      all: { enters: 47110, leaves: 47120, stays: null },
    })
    expect(told.practices).toHaveLength(3)
    expect(told.practices.map(({ practiceName }: { practiceName: string }) => practiceName)).toEqual(
      told.practices.map(({ practiceName }: { practiceName: string }) => practiceName).toSorted(),
    )
    expect(told.reasons).toEqual([
      { move: 'LEAVES', clause: 'Diabetes mellitus among the problems', part: 'ENTRY', change: 'LOST', people: 47120 },
    ])
  })

  test('a practice sees its own people by name, a care manager those of the practices it works in, and nobody who stays', async () => {
    const own = await moversOf(await api.signedIn('alderClinician'))
    expect(own).toEqual([
      {
        ...{ patientId: api.world.charts.alder[0], familyName: expect.stringMatching(/alder00/i), registry: 'diabetes', title: 'Diabetes' },
        ...{ beforeVersion: '1.0.0', afterVersion: '2.0.0', asOf: '2026-03-01', move: 'ENTERS' },
        reasons: [{ clause: 'Glucose of 126 or more', part: 'ENTRY', change: 'GAINED' }],
      },
      expect.objectContaining({ patientId: api.world.charts.alder[1], move: 'LEAVES' }),
    ])
    const theirs = await moversOf(await api.signedIn('careManager'))
    expect(theirs.map(({ patientId }: { patientId: string }) => patientId).sort()).toEqual(
      [...api.world.charts.alder.slice(0, 2), ...api.world.charts.birch.slice(0, 2)].sort(),
    )
  })

  test('who works with charts sees no counts, and who sees counts finds no way to a patient', async () => {
    for (const user of ['alderClinician', 'careManager', 'administrator', 'pineAnalyst', 'alderPatient'] as const) {
      const { errors, text } = await (await api.signedIn(user)).ask(COMPARISONS)
      expect({ user, code: errors[0]?.extensions['code'], tells: text.includes('4711') }).toEqual({ user, code: 'FORBIDDEN', tells: false })
    }
    for (const user of ['analyst', 'administrator', 'workforceManager', 'pineAnalyst', 'alderStaff'] as const) {
      const { errors } = await (await api.signedIn(user)).ask(MOVERS)
      expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
    }
    // Nothing is decided yet, and nothing of it is a patient's to read.
    expect(await moversOf(await api.signedIn('alderPatient'))).toEqual([])
    for (const user of ['alderClinician', 'administrator', 'careManager', 'pineAnalyst'] as const) {
      const { errors } = await (
        await api.signedIn(user)
      ).ask(COMPARE, { input: { packageHash: OTHER_VERSION, idempotencyKey: 'by-others' } })
      expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
    }
  })

  test('a move that rests on labelled records is told under a consent alone, and all that rests on records once the practice is declared', async () => {
    const clinician = await api.signedIn('alderClinician')
    await api.sql(`update registry_mover set sensitivity = 'behavioral' where patient_id = $1`, [api.world.charts.alder[0]])
    expect((await moversOf(clinician)).map(({ move }: { move: string }) => move)).toEqual(['LEAVES'])
    await api.sql(
      `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                            recorded_by_name, recorded_at, idempotency_key)
       select uuidv7(), $1, $2, 'sensitive', 'behavioral', $1, 'written', 'The patient', 'patient', '2026-02-01', 'Everything', u.id, u.name, now(), 'test'
         from app_user u limit 1`,
      [api.world.practices.alder, api.world.charts.alder[0]],
    )
    expect((await moversOf(clinician)).map(({ move }: { move: string }) => move)).toEqual(['ENTERS', 'LEAVES'])
    await api.sql('update organization set part2_program = true where id = $1', [api.world.practices.alder])
    await labelPractice(api.world.database, api.world.practices.alder)
    expect(await moversOf(clinician)).toEqual([])
    await api.sql('update registry_mover set sensitivity = null')
  })

  test('it tells nothing any more once it is in force, or what was in force is not', async () => {
    const clinician = await api.signedIn('alderClinician')
    expect(await moversOf(clinician)).toHaveLength(2)
    await api.sql(
      `insert into registry_term (id, registry, package_hash, position, agreed_with, agreed_at) values (uuidv7(), 'diabetes', $1, 0, 'Test', now())`,
      [OTHER_VERSION],
    )
    expect(await moversOf(clinician)).toEqual([])
    expect((await comparisons())[0]).toMatchObject({ id, isCurrent: false })
  })
})
