// The second step of risk: a clinician's own tier beside what was worked out, and how the rules fit the region.
import { openRiskFollower } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
let clinician: Caller
let ann: string
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
  ann = api.world.charts.alder[1]!
  await api.sql(`update patient_risk set worked_out_on = '-infinity'`)
  await follow()
})
afterAll(() => api.close())

/** As the worker does, until nothing is left. */
async function follow(now = NOW): Promise<number> {
  const follower = openRiskFollower(api.world.database, clockAt(now), 'America/New_York')
  let all = 0
  for (let done = -1; done !== 0; all += done) done = await follower.follow()
  return all
}

const SET = `mutation ($input: OverrideTierInput!) { overrideTier(input: $input) {
  __typename ... on TierOverride { id tierBefore tier words expiresOn recordedBy live endedAt } ... on Refused { code message } } }`
const TAKE_BACK = `mutation ($id: ID!) { withdrawTierOverride(id: $id) { __typename ... on TierOverride { id live endedBy } ... on Refused { code } } }`
const RISK = `query ($id: ID!) { patient(id: $id) { risk { tier tierTitle workedOutTier overrides { id tier words live } } } }`
const COUNTS = '{ tierOverrideCounts { live raised lowered confirmed } }'

let wishes = 0
const input = (more: object = {}) => ({
  ...{
    patientId: ann,
    tier: 3,
    words: 'Lives alone, cannot see well.',
    expiresOn: '2026-08-31',
    idempotencyKey: `wish-number-${++wishes}`,
  },
  ...more,
})
const set = async (more: object = {}, caller = clinician) => (await caller.ask(SET, { input: input(more) })).data?.overrideTier
const takeBack = async (id: string, caller = clinician) => (await caller.ask(TAKE_BACK, { id })).data?.withdrawTierOverride
const risk = async (caller = clinician) => (await caller.ask(RISK, { id: ann })).data.patient.risk
const rank = async () => (await api.sql('select risk_rank from patient_summary where patient_id = $1', [ann]))[0]!['risk_rank'] as number
const inTier = async (tier: number): Promise<string[]> =>
  (
    await clinician.ask('query ($tier: Int) { patients(tier: $tier, first: 100) { edges { node { id } } } }', { tier })
  ).data.patients.edges.map(({ node }: { node: { id: string } }) => node.id)

test('what a clinician says stands beside the rules at once, and lists follow within a moment, until it is taken back', async () => {
  const before = { risk: await risk(), rank: await rank() }
  expect(before.risk).toMatchObject({ tier: before.risk.workedOutTier, overrides: [] })
  const made = await set()
  expect(made).toMatchObject({ __typename: 'TierOverride', tierBefore: before.risk.workedOutTier, tier: 3, live: true, endedAt: null })
  expect(await risk()).toMatchObject({ tier: 3, tierTitle: 'high', workedOutTier: before.risk.workedOutTier, overrides: [{ id: made.id }] })
  expect(await follow()).toBe(1)
  expect(await follow()).toBe(0)
  expect(Math.floor((await rank()) / 100)).toBe(3)
  expect(await inTier(3)).toContain(ann)
  for (const _ of ['once', 'again']) expect(await takeBack(made.id)).toMatchObject({ id: made.id, live: false })
  expect(await risk()).toMatchObject({ tier: before.risk.tier, overrides: [{ id: made.id, live: false }] })
  expect(await follow()).toBe(1)
  expect(await rank()).toBe(before.rank)
  expect(await inTier(3)).not.toContain(ann)
})

test('it holds up to its last day, and lists know by themselves that it is over', async () => {
  const before = await rank()
  const made = await set({ expiresOn: '2026-03-02' })
  await follow()
  expect(Math.floor((await rank()) / 100)).toBe(3)
  // Everything else of the next day is worked out already.
  await follow('2026-03-03T15:00:00Z')
  expect(await rank()).toBe(before)
  await follow()
  expect(await takeBack(made.id)).toMatchObject({ live: false })
  await follow()
})

test('of two clinicians who judge at once one is told what the other said; the same wish once more is the same', async () => {
  const first = await set({ idempotencyKey: 'the-same-wish' })
  expect((await set({ idempotencyKey: 'the-same-wish' })).id).toBe(first.id)
  expect(await set({ idempotencyKey: 'the-same-wish', tier: 1 })).toMatchObject({ code: 'IdempotencyKeyReused' })
  const administrator = await api.signedIn('alderAdministrator')
  const late = await set({ tier: 1 }, administrator)
  expect(late).toMatchObject({ code: 'OverrideChanged' })
  expect(late.message).toContain('Lives alone, cannot see well.')
  const second = await set({ tier: 1, words: 'Her daughter moved in.', replaces: first.id }, administrator)
  expect(second).toMatchObject({ tier: 1, live: true })
  expect((await risk()).overrides).toMatchObject([{ id: second.id, live: true }, { id: first.id, live: false }, {}, {}])
  await takeBack(second.id)
  expect(await set({ replaces: second.id })).toMatchObject({ code: 'OverrideChanged' })
  const [one, other] = await Promise.all([set({ tier: 2 }), set({ tier: 4 }, administrator)])
  expect([one.__typename, other.__typename].toSorted()).toEqual(['Refused', 'TierOverride'])
  await takeBack(one.id ?? other.id)
  await follow()
})

test('no tier without words, beyond the scale, in the past or on a foreign chart', async () => {
  const rows = async () => (await api.sql('select id from tier_override')).length
  const before = await rows()
  for (const [more, code] of [
    [{ words: '  ' }, 'WordsMissing'],
    [{ words: 'x'.repeat(2001) }, 'WordsMissing'],
    [{ tier: 5 }, 'TierUnknown'],
    [{ tier: -1 }, 'TierUnknown'],
    [{ expiresOn: '2026-03-01' }, 'OverrideOver'],
    [{ idempotencyKey: 'short' }, 'IdempotencyKeyMalformed'],
    [{ patientId: api.world.charts.birch[1]! }, 'RiskNotFound'],
    [{ patientId: newId() }, 'RiskNotFound'],
    [{ patientId: 'patient-01' }, 'RiskNotFound'],
  ] as const)
    expect({ more, got: await set(more) }).toMatchObject({ more, got: { __typename: 'Refused', code } })
  expect(await rows()).toBe(before)
})

test('clinicians judge; care managers and quality leads read it; nobody else has anything to do with it', async () => {
  for (const user of ['careManager', 'alderQualityLead', 'alderStaff', 'administrator', 'pineAnalyst', 'alderPatient'] as const) {
    const answer = await (await api.signedIn(user)).ask(SET, { input: input() })
    expect({ user, code: answer.errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
  }
  const { id } = await set()
  for (const user of ['careManager', 'alderQualityLead'] as const)
    expect((await risk(await api.signedIn(user))).overrides[0]).toMatchObject({ id, live: true })
  const birch = await api.signedIn('birchClinician')
  expect(await takeBack(id, birch)).toEqual(await takeBack(newId(), birch))
  expect((await birch.ask(COUNTS)).data.tierOverrideCounts).toEqual({ live: 0, raised: 0, lowered: 0, confirmed: 0 })
  expect((await clinician.ask(COUNTS)).data.tierOverrideCounts).toMatchObject({ live: 1 })
  await takeBack(id)
  await follow()
})

test('of a patient it is nobody’s but the practice’s: the chart’s own person learns nothing of it', async () => {
  await set({ words: 'canary of an own tier' })
  const patient = await api.signedIn('alderPatient')
  const mine = await patient.ask('{ patients(first: 1) { edges { node { id risk { tier overrides { words } } } } } }')
  expect(JSON.stringify(mine)).not.toContain('canary of an own tier')
  expect(mine.data.patients.edges[0].node.risk).toBeNull()
})

describe('calibration', () => {
  const CALIBRATION = '{ riskCalibration { model score people stayed interval { low high } asOf } }'
  const later = '2026-05-04T15:00:00Z'
  const fact = (id: string, type: string, day: string, column: string, code: number, end: string | null = null) =>
    api.sql(
      `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, starts_at, starts_on, ends_at, ${column})
       values ($1, $2, $3, $4, 0, $5, $6::date, $6::date, $7, $8)`,
      [api.world.practices.alder, id, type, newId(), type === 'Condition' ? 'active' : 'finished', day, end, code],
    )

  test('counts what followed the scores of a year ago; fewer than eleven are never told apart', async () => {
    await api.sql(`insert into code (id, system, code) values (901, 'http://hl7.org/fhir/sid/icd-10-cm', 'I50.9'),
      (902, 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'IMP') on conflict do nothing`)
    await api.sql(`delete from clinical_fact where code_id in (select id from code where code = 'I50.9')`)
    const people = api.world.charts.alder.slice(0, 30)
    for (const id of people) await fact(id, 'Condition', '2020-02-01', 'code_id', 901)
    // As of 1 May 2025: twelve stay in the year after, one before it, one after the year is over.
    for (const id of people.slice(0, 12)) await fact(id, 'Encounter', '2025-06-01', 'value_code_id', 902, '2025-06-04')
    await fact(people[12]!, 'Encounter', '2025-04-30', 'value_code_id', 902, '2025-05-03')
    await fact(people[13]!, 'Encounter', '2026-05-02', 'value_code_id', 902, '2026-05-03')
    await api.sql(`update patient_risk set worked_out_on = '-infinity', outcome_on = null`)
    await follow(later)
    const outcomes = await api.sql(
      `select patient_id, score, stayed from risk_outcome where model = 'charlson-quan-2011' and patient_id = any ($1)`,
      [people],
    )
    const living = people.filter((id) => outcomes.some((row) => row.patient_id === id))
    expect(living.length).toBeGreaterThan(20)
    for (const { patient_id, score, stayed } of outcomes) {
      expect(score).toBeGreaterThanOrEqual(2)
      expect({ at: people.indexOf(patient_id), stayed }).toEqual({
        at: people.indexOf(patient_id),
        stayed: people.indexOf(patient_id) < 12,
      })
    }
    const bands = (await clinician.ask(CALIBRATION)).data.riskCalibration as {
      model: string
      score: number
      people: number
      stayed: number
    }[]
    expect(bands.length).toBeGreaterThan(0)
    for (const { model, score, people: told, stayed } of bands) {
      const [row] = await api.sql(
        'select count(*)::int as people, (count(*) filter (where stayed))::int as stayed from risk_outcome where model = $1 and score = $2',
        [model, score],
      )
      const isShown = row!.stayed >= 11 && row!.people - row!.stayed >= 11
      expect({ model, score, told, stayed }).toEqual({ model, score, told: row!.people, stayed: isShown ? row!.stayed : null })
      expect(told).toBeGreaterThanOrEqual(11)
    }
    expect(bands).toContainEqual(expect.objectContaining({ model: 'charlson-quan-2011', stayed: 12, asOf: '2025-05-01' }))
    // Nothing is left to do; the region reads the same, a payer nothing.
    expect(await follow(later)).toBe(0)
    expect((await (await api.signedIn('analyst')).ask(CALIBRATION)).data.riskCalibration).toEqual(bands)
    expect((await (await api.signedIn('pineAnalyst')).ask(CALIBRATION)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  })
})
