// From whatever the coordinating body is shown there is no way to a patient: every id that it is given opens no chart, as if there were none.
import { buildApiSchema } from '@carecommons/api'
import { openTestApi, type TestApi } from '../support/api.ts'
import { wholeQueries } from '../support/whole-queries.ts'
import { canaries, type UserKey } from '../support/world.ts'
import { question, rootsOf } from './matrix/questions.ts'
import { openAbility } from './matrix/walls-down.ts'

const schema = buildApiSchema()
const MISSING = '00000000-0000-4000-8000-000000000000'
/** Roots that lead to one chart. */
const ways = rootsOf(schema).filter(
  ({ kind, name, idPaths }) =>
    kind === 'query' && (name === 'Query.patient' || name === 'Query.whyVisible' || idPaths.includes('patientId')),
)

// So many questions are asked that a limit would answer most of them, all alike.
const rates = { user: 1e9, organization: 1e9, address: 1e9 }
let api: TestApi
beforeAll(async () => void (api = await openTestApi({ rates })))
afterAll(() => api.close())

test('there are ways to a chart to be tried', () => {
  expect(ways.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Query.patient', 'Query.reason', 'Query.chartLooks', 'Query.whoCanSee', 'Query.whyVisible']),
  )
})

test.each(['administrator', 'analyst', 'workforceManager'] as const satisfies readonly UserKey[])(
  'nothing that the %s is given is a chart, nor opens one',
  async (role) => {
    const { ids, words, opened } = await lookFor(api, role)
    expect(ids).toBeGreaterThan(5)
    expect(words).toEqual([])
    expect(opened).toEqual([])
  },
)

test('figures that name a chart are found, and so is a role that opens one', async () => {
  const open = await openTestApi({ rates, ability: openAbility })
  try {
    const chart = open.world.charts.alder[0]!
    // As if figures by practice gave the id of a chart for that of its practice.
    await open.sql(
      `insert into organization select (jsonb_populate_record(o, jsonb_build_object('id', $1::uuid, 'slug', 'planted'))).* from organization o where o.id = $2`,
      [chart, open.world.practices.alder],
    )
    const named = await lookFor(open, 'analyst')
    expect(named.words).toContain(`region: ${chart}`)
    expect(named.opened).not.toContain('Query.patient')
    await open.sql('delete from organization where id = $1', [chart])
    // As if the region's role read what practices keep.
    await open.sql(`do $$ declare one text; begin
      for one in select tablename from pg_tables where schemaname = 'public' loop
        execute format('grant select on %I to commons_region', one);
        execute format('create policy planted on %I for select to commons_region using (true)', one);
      end loop; end $$`)
    expect((await lookFor(open, 'analyst')).opened).toContain('Query.patient')
  } finally {
    await open.close()
  }
})

interface Found {
  /** How many ids were tried. */
  readonly ids: number
  /** Charts, and names of patients, that it was told, by root. */
  readonly words: readonly string[]
  /** By which roots an id that it was told, or a chart's, answered other than one that is missing. */
  readonly opened: readonly string[]
}

/** Asks for everything there is, and tries every id that it is told as that of a chart. */
async function lookFor({ signedIn, world }: TestApi, role: UserKey): Promise<Found> {
  const caller = await signedIn(role)
  const given = {
    'Query.organizations': 'first: 3',
    'Query.careManagers': 'first: 3',
    'Query.sharedStaff': 'first: 3',
    'Query.caseload': 'first: 3',
    'Query.previewLead': `input: { cases: [{ id: "${world.charts.alder[0]}", version: 1 }] }`,
    'PracticeOverview.strata': 'measure: "control"',
    'RegionOverview.strata': 'measure: "control"',
    'Query.patients': 'first: 2',
    'Query.patient': `id: "${MISSING}"`,
    'Query.run': `id: "${world.runId}"`,
    'Query.organization': `id: "${world.practices.alder}"`,
    'Query.recordReaders': `practiceId: "${world.practices.alder}"`,
  }
  const told = await Promise.all(
    Object.entries(wholeQueries(schema, given)).map(async ([root, query]) => ({ root, said: (await caller.ask(query)).text })),
  )
  const ids = new Set(
    told
      .map(({ said }) => said)
      .join()
      .match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g),
  )
  const text = async (way: (typeof ways)[number], id: string): Promise<string> => {
    const { query, variables } = question(way, () => id, {
      ...{ key: 'way', isOpen: () => true, filled: { measure: 'control', first: 2 }, onType: () => undefined },
    })
    return (await caller.ask(query, variables)).text.replaceAll(id, 'ID').replace(/"(correlationId|errorId|id)":"[^"]*"/g, '')
  }
  const opened = new Set<string>()
  for (const way of ways) {
    const none = await text(way, MISSING)
    for (const id of [...ids, world.charts.alder[0]!]) if ((await text(way, id)) !== none) opened.add(way.name)
  }
  return {
    ids: ids.size,
    words: [...Object.values(world.charts).flat(), ...Object.values(canaries)].flatMap((word) =>
      told.filter(({ said }) => said.includes(word)).map(({ root }) => `${root}: ${word}`),
    ),
    opened: [...opened],
  }
}
