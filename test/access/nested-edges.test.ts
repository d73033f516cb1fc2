// Whatever is reached by walking from record to record is what the lists show, and nothing beyond.
import { buildApiSchema } from '@carecommons/api'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { wholeQueries } from '../support/whole-queries.ts'
import type { PracticeKey, UserKey } from '../support/world.ts'
import { mayDo } from './matrix/permitted.ts'

const schema = buildApiSchema()
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

/** Charts that an answer names, wherever in it. */
const chartsIn = (text: string): Set<string> => {
  const known = new Set<string>(Object.values(api.world.charts).flat())
  return new Set((text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []).filter((id) => known.has(id)))
}

async function listed(caller: Caller): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const { data, text } = await caller.ask(
      'query ($after: String) { patients(first: 20, after: $after) { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }',
      { after },
    )
    if (!data) throw new Error(text)
    ids.push(...data.patients.edges.map(({ node }: { node: { id: string } }) => node.id))
    if (!data.patients.pageInfo.hasNextPage) {
      expect(ids).toHaveLength(data.patients.totalCount)
      return ids.sort()
    }
    after = data.patients.pageInfo.endCursor
  }
}

const walkers = [
  ['alderClinician', ['alder']],
  ['alderAdministrator', ['alder']],
  ['alderQualityLead', ['alder']],
  ['birchClinician', ['birch']],
  ['careManager', ['alder', 'birch']],
] as const satisfies [UserKey, PracticeKey[]][]

test.each(walkers)(
  'hardening 3: %s walks every edge from every chart, and meets the charts of the list and no others',
  async (user, reaches) => {
    const caller = await api.signedIn(user)
    const list = await listed(caller)
    expect(list.every((id) => reaches.some((key) => (api.world.charts[key] as readonly string[]).includes(id)))).toBe(true)
    const met = new Set<string>()
    const walk = async (id: string, from: readonly string[]) => {
      const given = {
        'Query.patient': `id: "${id}"`,
        'Query.whyVisible': `id: "${id}"`,
        'Query.whoCanSee': `patientId: "${id}"`,
        'Query.disclosures': `patientId: "${id}"`,
        'Query.patientSignIn': `patientId: "${id}"`,
        'Query.chartLooks': `patientId: "${id}"`,
        'Patient.encounters': 'first: 2',
        'PracticeOverview.strata': 'measure: "control"',
        'RegionOverview.strata': 'measure: "control"',
        'Query.patients': 'first: 2',
        'Query.auditSummary': '',
        'Query.organization': `id: "${api.world.practices[reaches[0]]}"`,
        'Query.sessionState': 'inUse: false',
        'Query.invitationBehind': 'token: "nothing"',
        'Query.recordReaders': `practiceId: "${api.world.practices[reaches[0]]}"`,
        'Query.run': `id: "${api.world.runId}"`,
      }
      const asked = wholeQueries(schema, given, (field) => {
        const need = field.extensions['needs'] as { action: string; subject: string } | undefined
        return !need || mayDo(user, need.action, need.subject)
      })
      for (const name of from) for (const chart of chartsIn((await caller.ask(asked[name]!)).text)) met.add(chart)
    }
    await walk(list[0]!, ['emergencies', 'sharedCharts', 'organization'])
    const ofChart = ['patient', 'whyVisible', 'whoCanSee', 'disclosures']
    for (const id of list) await walk(id, ofChart)
    // Every chart of every other practice, and a dead person's, asked for as a starting point: nothing is met there.
    for (const [key, charts] of Object.entries(api.world.charts))
      if (!(reaches as readonly string[]).includes(key)) for (const id of charts.slice(0, 2)) await walk(id, ofChart)
    // The audit says which ids somebody asked for; a chart stands behind those of the own practice only.
    if (mayDo(user, 'read', 'AuditEvent'))
      for (const id of chartsIn((await caller.ask('{ auditEvents(first: 100) { edges { node { chart { id } } } } }')).text)) met.add(id)
    expect([...met].sort()).toEqual(list)
  },
  120_000,
)

test.each(['administrator', 'alderAdministrator'] as const)(
  'hardening 3: %s walks from organizations to assignments and counts of people, and meets those of the lists and no others',
  async (user) => {
    const caller = await api.signedIn(user)
    const { data, errors } = await caller.ask(`{
      organizations { edges { node { id peopleCount invitationCount careAssignments { id } } } }
      people { totalCount edges { node { organization { id } } } }
      invitations { totalCount }
      careAssignments { edges { node { id } } }
    }`)
    expect(errors).toEqual([])
    type Organization = { id: string; peopleCount: number; invitationCount: number; careAssignments: { id: string }[] }
    const organizations: Organization[] = data.organizations.edges.map(({ node }: { node: Organization }) => node)
    const sum = (count: 'peopleCount' | 'invitationCount') => organizations.reduce((all, one) => all + one[count], 0)
    expect(sum('peopleCount')).toBe(data.people.totalCount)
    expect(sum('peopleCount')).toBeGreaterThan(2)
    expect(sum('invitationCount')).toBe(data.invitations.totalCount)
    const known = organizations.map(({ id }) => id)
    for (const { node } of data.people.edges) expect(known).toContain(node.organization.id)
    const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort()
    const walked = ids(organizations.flatMap(({ careAssignments }) => careAssignments))
    expect(walked).toEqual(ids(data.careAssignments.edges.map(({ node }: { node: { id: string } }) => node)))
    expect(walked.length).toBeGreaterThan(0)
  },
)
