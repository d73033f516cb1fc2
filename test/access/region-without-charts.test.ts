// From whatever the coordinating body is shown there is no way to a patient: every id that it is given opens no chart, as if there were none.
import { buildApiSchema } from '@carecommons/api'
import { openTestApi, type TestApi } from '../support/api.ts'
import { wholeQueries } from '../support/whole-queries.ts'
import { canaries, type UserKey } from '../support/world.ts'
import { question, rootsOf } from './matrix/questions.ts'

const schema = buildApiSchema()
const MISSING = '00000000-0000-4000-8000-000000000000'
/** Roots that lead to one chart. */
const ways = rootsOf(schema).filter(
  ({ kind, name, idPaths }) =>
    kind === 'query' && (name === 'Query.patient' || name === 'Query.whyVisible' || idPaths.includes('patientId')),
)

let api: TestApi
beforeAll(async () => void (api = await openTestApi()))
afterAll(() => api.close())

test('there are ways to a chart to be tried', () => {
  expect(ways.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Query.patient', 'Query.reason', 'Query.chartLooks', 'Query.whoCanSee', 'Query.whyVisible']),
  )
})

test.each(['administrator', 'analyst', 'workforceManager'] as const satisfies readonly UserKey[])(
  'nothing that the %s is given is a chart, nor opens one',
  async (role) => {
    const caller = await api.signedIn(role)
    const given = {
      'PracticeOverview.strata': 'measure: "control"',
      'RegionOverview.strata': 'measure: "control"',
      'Query.patient': `id: "${MISSING}"`,
      'Query.run': `id: "${api.world.runId}"`,
      'Query.organization': `id: "${api.world.practices.alder}"`,
      'Query.recordReaders': `practiceId: "${api.world.practices.alder}"`,
    }
    const told = (await Promise.all(Object.values(wholeQueries(schema, given)).map((query) => caller.ask(query)))).map(({ text }) => text)
    const ids = new Set(told.join().match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g))
    expect(ids.size).toBeGreaterThan(5)
    for (const word of [...Object.values(api.world.charts).flat(), ...Object.values(canaries)]) expect(told.join()).not.toContain(word)

    const text = async (way: (typeof ways)[number], id: string): Promise<string> => {
      const { query, variables } = question(way, () => id, {
        ...{ key: 'way', isOpen: () => true, filled: { measure: 'control', first: 2 }, onType: () => undefined },
      })
      return (await caller.ask(query, variables)).text.replaceAll(id, 'ID').replace(/"(correlationId|errorId|id)":"[^"]*"/g, '')
    }
    for (const way of ways) {
      const none = await text(way, MISSING)
      for (const id of [...ids, api.world.charts.alder[0]!]) expect([way.name, id, await text(way, id)]).toEqual([way.name, id, none])
    }
  },
)
