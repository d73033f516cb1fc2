import { buildApiSchema } from '@carecommons/api'
import type { DoorRule } from '@carecommons/domain/graphql'
import { type Answer, type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { wholeQueries } from '../support/whole-queries.ts'
import type { UserKey } from '../support/world.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

/** What tells of nobody: names of organizations, figures of the region, measures, and the own sign-in. All else leaves a row. */
const OF_NOBODY = [
  'Account',
  'Directory',
  'Organization',
  'Measure',
  'MeasurePackage',
  'MetricRun',
  'RegionOverview',
  'SavedView',
  'ListExport',
  'RecordUpload',
]
const schema = buildApiSchema()
const doorOf = (root: string) => schema.getQueryType()!.getFields()[root]!.extensions['door'] as DoorRule

interface Row {
  readonly practice_id: string | null
  readonly action: string
  readonly subject: string
  readonly subject_ids: string[]
  readonly outcome: string
  readonly role: string
  readonly organization_id: string
  readonly purpose: string
}

const rows = async (): Promise<Row[]> => (await api.sql('select * from audit_event order by xid, id')) as unknown as Row[]

const callers = new Map<UserKey, Caller>()

/** Asks one thing, and tells what it left in the audit. */
async function asked(user: UserKey, query: string) {
  const caller = callers.get(user) ?? (await api.signedIn(user))
  callers.set(user, caller)
  await api.sql('delete from audit_event')
  const answer = await caller.ask(query)
  return { answer, left: await rows() }
}

const questions = (mine: string) =>
  wholeQueries(schema, {
    'Query.patients': 'first: 3, sort: AGE',
    'Query.huddle': 'first: 3',
    'Query.caseload': 'first: 3',
    'Query.organizations': 'first: 3',
    'Query.careManagers': 'first: 3',
    'Query.sharedStaff': 'first: 3',
    'Query.sharedStaffMember': `id: "${mine}"`,
    'Patient.encounters': 'first: 2',
    'PracticeOverview.strata': 'measure: "control"',
    'RegionOverview.strata': 'measure: "control"',
    'Query.previewLead': `input: { cases: [{ id: "${mine}", version: 1 }] }`,
    'Query.patient': `id: "${mine}"`,
    'Query.run': `id: "${api.world.runId}"`,
    'Query.chartLooks': `patientId: "${mine}"`,
    'Query.disclosures': `patientId: "${mine}"`,
    'Query.patientSignIn': `patientId: "${mine}"`,
    'Query.auditEvents': 'first: 3',
    'Query.recordReaders': `practiceId: "${api.world.practices.alder}"`,
    'Query.whyVisible': `id: "${mine}"`,
    'Query.whoCanSee': `patientId: "${mine}"`,
    'Query.organization': `id: "${api.world.practices.alder}"`,
    'Query.sessionState': 'inUse: false',
    'Query.invitationBehind': 'token: "x"',
    'Query.measurePackage': 'hash: "x"',
    'Query.measureSet': 'period: { start: "2025-01-01", end: "2025-12-31" }',
    'Query.deckCheck': `id: "${api.world.runId}"`,
    'Query.checkCql': 'cql: "library Mine version \'1.0.0\'"',
    'Query.measureDraft': `id: "${api.world.runId}"`,
    'Query.packageComparison': `id: "${api.world.runId}"`,
    'Query.packageComparisons': 'hash: "x"',
    'Query.staffPlan': `id: "${mine}"`,
    'Query.staffPlanPreview': `id: "${mine}"`,
    'Query.staffPlanBasis': 'wish: { startsOn: "2026-03-02" }',
    'Query.assignmentPreview': `input: { membershipId: "${mine}", practiceId: "${mine}", startsOn: "2026-03-02" }`,
    'Query.reason': `measure: "x", patientId: "${mine}"`,
  })

test('hardening 71: every read of health records, and every refusal, by every role: exactly one row for each practice and kind of record', async () => {
  const mine = api.world.charts.alder[2]!
  const charts = Object.values(api.world.charts).flat()
  let cases = 0
  for (const user of Object.keys(api.world.users) as UserKey[]) {
    for (const [root, query] of Object.entries(questions(mine))) {
      const { answer, left } = await asked(user, query)
      const door = doorOf(root)
      expect({ user, root, unread: answer.errors.filter(({ extensions }) => extensions['code'] !== 'FORBIDDEN') }).toEqual({
        user,
        root,
        unread: [],
      })
      const isRefused = answer.errors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN')
      const where = { user, root }
      const kinds = left.map(({ practice_id, action, subject, outcome }) => [practice_id, action, subject, outcome].join(' '))
      expect({ ...where, kinds }).toEqual({ ...where, kinds: [...new Set(kinds)] })
      if (isRefused) {
        expect({ ...where, outcomes: left.map(({ outcome }) => outcome) }).toEqual({ ...where, outcomes: ['denied'] })
        expect(answer.data === null || answer.data[root] === null).toBe(true)
      } else if (door !== 'open' && !OF_NOBODY.includes(door.subject)) {
        expect({ ...where, subjects: left.map(({ subject }) => subject) }).toEqual({
          ...where,
          subjects: expect.arrayContaining([door.subject]),
        })
        expect(left.every(({ outcome }) => outcome !== 'denied')).toBe(true)
      } else {
        expect({ ...where, left }).toEqual({ ...where, left: [] })
      }
      // Whoever is named in the answer is named in the audit, in the rows of the own practice. Which chart is one's own, a patient's
      // sign-in itself says.
      const shown = root === 'me' ? [] : charts.filter((id) => answer.text.includes(id)).sort()
      const noted = left
        .filter(({ subject, outcome }) => subject === 'Chart' && outcome !== 'denied')
        .flatMap(({ subject_ids }) => subject_ids)
      const isMissing = root === 'patient' && answer.data?.patient === null && !isRefused
      expect({ ...where, noted: noted.sort() }).toEqual({ ...where, noted: isMissing ? [mine] : shown })
      for (const { practice_id, subject, subject_ids, outcome } of left) {
        if (subject !== 'Chart' || outcome !== 'allowed') continue
        const practice = Object.entries(api.world.practices).find(([, id]) => id === practice_id)![0] as 'alder'
        expect(subject_ids.every((id) => api.world.charts[practice].some((chart) => chart === id))).toBe(true)
      }
      cases += 1
    }
  }
  process.stderr.write(`audit rows: ${cases} operations\n`)
}, 300_000)

test('a list over several practices is one row in the audit of each', async () => {
  const { left } = await asked('careManager', '{ patients(first: 30, sort: AGE) { edges { node { id } } } }')
  expect(left.map(({ practice_id }) => practice_id).sort()).toEqual([api.world.practices.alder, api.world.practices.birch].sort())
  expect(
    left.every(
      ({ purpose, role, organization_id }) =>
        purpose === 'treatment' && role === 'care-manager' && organization_id === api.world.coordinatingBody,
    ),
  ).toBe(true)
})

test('one operation that comes to a chart by several ways leaves one row', async () => {
  const [one, other] = api.world.charts.alder
  const { left } = await asked(
    'alderClinician',
    `{ a: patient(id: "${one}") { id } b: patient(id: "${other}") { id } again: patient(id: "${one}") { id } }`,
  )
  expect(left).toEqual([expect.objectContaining({ subject: 'Chart', outcome: 'allowed', subject_ids: [one, other] })])
})

test('who asks for what is missing or foreign leaves the same row', async () => {
  const foreign = api.world.charts.birch[0]!
  const missing = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'
  for (const [id, ids] of [
    [foreign, [foreign]],
    [missing, [missing]],
    ['no id', []],
  ] as const) {
    const { left } = await asked('alderClinician', `{ patient(id: "${id}") { id } }`)
    expect(left).toEqual([
      expect.objectContaining({ outcome: 'not-found', subject_ids: ids, practice_id: api.world.practices.alder, purpose: 'treatment' }),
    ])
  }
})

test('hardening 71: an export is one row, a refused export one of its own', async () => {
  for (const [user, outcome] of [
    ['pineAnalyst', 'allowed'],
    ['alderClinician', 'denied'],
  ] as const) {
    const caller = await api.signedIn(user)
    await api.sql('delete from audit_event')
    await (await caller.fetch('/exports/performance.csv')).text()
    expect(await rows()).toEqual([expect.objectContaining({ action: 'export', subject: 'Performance', outcome })])
  }
})

test('hardening 71: what cannot be noted is not shown, whatever is asked', async () => {
  const clinician = await api.signedIn('alderClinician')
  await api.sql(`alter table audit_event add constraint full_disk check (action <> 'read') not valid`)
  try {
    for (const [root, query] of Object.entries(questions(api.world.charts.alder[2]!))) {
      const door = doorOf(root)
      if (door === 'open' || OF_NOBODY.includes(door.subject)) continue
      const { data, errors, status } = await clinician.ask(query)
      expect({ root, data, isTold: isUntold(errors) || (errors.length > 0 && status === 500) }).toEqual({ root, data: null, isTold: true })
    }
  } finally {
    await api.sql('alter table audit_event drop constraint full_disk')
  }
})

/** Refused by the role: nothing was read. */
const isUntold = (errors: Answer['errors']): boolean => errors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN')
