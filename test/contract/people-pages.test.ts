// Lists of people, invitations, organizations and systems: a page at a time, searched, and of the reader's own alone.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let region: Caller
let alder: Caller
beforeAll(async () => {
  api = await openTestApi()
  region = await api.signedIn('administrator')
  alder = await api.signedIn('alderAdministrator')
  await plantPeople()
})
afterAll(() => api.close())

const MANY = 2000

/** A region's worth of people at Birch, some with names that are hard to type, and a few at Alder. */
async function plantPeople(): Promise<void> {
  const { alder: alderId, birch } = api.world.practices
  await api.sql(
    `with named (organization_id, name, email) as (
       select $1::uuid, 'Person ' || lpad(n::text, 4, '0'), 'person.' || n || '@birch.example' from generate_series(1, $3::int) n
       union all values ($1::uuid, 'Zoë Müller-Núñez', 'zoe@birch.example'), ($2::uuid, 'ZOË  Ó Briain', 'z.obriain@alder.example')),
     people as (insert into app_user (id, name, email, created_at) select uuidv7(), name, email, now() from named returning id, email)
     insert into membership (id, user_id, organization_id, role, starts_on)
     select uuidv7(), p.id, n.organization_id, 'clinician', '2020-01-01' from people p join named n using (email)`,
    [birch, alderId, MANY],
  )
}

interface Page {
  readonly totalCount: number
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string; readonly email: string } }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}
const PAGE = `query ($first: Int, $after: String, $search: String, $organizationId: ID) {
  people(first: $first, after: $after, search: $search, organizationId: $organizationId) {
    totalCount edges { cursor node { name email viewerCan { end } } } pageInfo { hasNextPage endCursor } } }`
const page = async (caller: Caller, variables: object): Promise<Page> => (await caller.ask(PAGE, variables)).data.people
const found = async (caller: Caller, search: string): Promise<string[]> =>
  (await page(caller, { search })).edges.map(({ node }) => node.name)

test('two thousand people are walked page by page, each once and in order, with one count on every page', async () => {
  const seen: string[] = []
  let after: string | null = null
  do {
    const { totalCount, edges, pageInfo }: Page = await page(region, { first: 200, after })
    expect(totalCount).toBe(MANY + 17)
    expect(edges.at(-1)!.cursor).toBe(pageInfo.endCursor)
    seen.push(...edges.map(({ node }) => node.email))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  expect(seen).toHaveLength(MANY + 17)
  expect(new Set(seen).size).toBe(seen.length)
  const planted = seen.filter((email) => email.startsWith('person.'))
  expect(planted).toEqual(Array.from({ length: MANY }, (_, n) => `person.${n + 1}@birch.example`))
  // Behind the last one is nothing, and there are still as many in all.
  const last = await page(region, { first: 1, search: 'Zoë Núñez' })
  expect(await page(region, { after: last.pageInfo.endCursor, search: 'Zoë Núñez' })).toEqual({
    totalCount: 1,
    edges: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  })
})

test.each([
  ['zoe', ['Zoë Müller-Núñez', 'ZOË  Ó Briain']],
  ['ZOË', ['Zoë Müller-Núñez', 'ZOË  Ó Briain']],
  ['nunez', ['Zoë Müller-Núñez']],
  ['nunez zoe', ['Zoë Müller-Núñez']],
  ['mull nu', ['Zoë Müller-Núñez']],
  ['o briain', ['ZOË  Ó Briain']],
  ['z.obriain@alder.example', ['ZOË  Ó Briain']],
  ['Z.OBRIAIN', ['ZOË  Ó Briain']],
  ['person.1999@', ['Person 1999']],
  ['erson', []],
  ['%', []],
  ['_', []],
  ["' or true --", []],
])('%j finds %j: words begin words of the name or the address, accents and case aside', async (search, names) => {
  expect((await found(region, search)).sort()).toEqual([...names].sort())
})

test('a practice finds and counts its own people alone', async () => {
  expect(await found(alder, 'zoe')).toEqual(['ZOË  Ó Briain'])
  expect((await page(alder, {})).totalCount).toBe(5)
  expect(await page(alder, { organizationId: api.world.practices.birch })).toMatchObject({ totalCount: 0, edges: [] })
  // A place in a list of the region's opens nothing of it.
  const { endCursor } = (await page(region, { first: 1, search: 'Person 0001' })).pageInfo
  const behind = await page(alder, { after: endCursor })
  expect(behind.edges.map(({ node }) => node.name).every((name) => !name.startsWith('Person'))).toBe(true)
})

test.each(['people', 'invitations', 'organizations', 'systems', 'careAssignments', 'careOrganizations'])(
  'hardening 30: a page of %s has 1 to 200 rows and begins where a cursor says',
  async (list) => {
    for (const args of [
      'first: 0',
      'first: -1',
      'first: 201',
      'first: 1000000000',
      'after: "x"',
      'after: "WyJhIiwieCJd"',
      'after: "bnVsbA"',
    ]) {
      const { errors } = await region.ask(`{ ${list}(${args}) { edges { cursor } } }`)
      expect({ args, code: errors[0]?.extensions['code'] }).toEqual({ args, code: expect.stringMatching(/^(BAD_USER_INPUT|TOO_COSTLY)$/) })
    }
  },
)

test('organizations are found by name, city and short name, and by whether they are active', async () => {
  const slugs = async (args: string) =>
    (await region.ask(`{ organizations(${args}) { totalCount edges { node { organization { slug } peopleCount } } } }`)).data.organizations
  expect(await slugs('search: "BIRCH str"')).toEqual({
    totalCount: 1,
    edges: [{ node: { organization: { slug: 'birch' }, peopleCount: MANY + 3 } }],
  })
  expect((await slugs('kind: PRACTICE, search: "riverton", first: 1')).totalCount).toBe(3)
  await api.sql(`update organization set active_since = null where slug = 'cedar'`)
  expect((await slugs('kind: PRACTICE, active: false')).edges).toMatchObject([{ node: { organization: { slug: 'cedar' } } }])
  expect((await slugs('kind: PRACTICE, active: true')).totalCount).toBe(2)
})

test('whom a chart can be opened to: the own organization first, then page by page, found, and only who is active', async () => {
  await api.sql(
    `insert into organization (id, region_id, kind, name, slug, city, created_at, active_since)
     select uuidv7(), $1, 'practice', 'Elm ' || lpad(n::text, 3, '0'), 'elm-' || n, 'Elmtown', now(), case when n <= 120 then date '2026-01-01' end
       from generate_series(1, 125) n`,
    [api.world.regionId],
  )
  const ask = async (more: object) =>
    (
      await alder.ask(
        `query ($after: String, $search: String, $otherPractices: Boolean) {
           careOrganizations(first: 50, after: $after, search: $search, otherPractices: $otherPractices) {
             totalCount edges { node { name kind } } pageInfo { hasNextPage endCursor } } }`,
        more,
      )
    ).data.careOrganizations
  const walked = async (more: object) => {
    const names: string[] = []
    for (let after: string | null = null; ;) {
      const { edges, pageInfo, totalCount } = await ask({ ...more, after })
      names.push(...edges.map(({ node }: { node: { name: string } }) => node.name))
      if (!pageInfo.hasNextPage) return { names, totalCount }
      after = pageInfo.endCursor
    }
  }
  const all = await walked({})
  const elms = Array.from({ length: 120 }, (_, n) => `Elm ${String(n + 1).padStart(3, '0')}`)
  expect(all.names).toHaveLength(all.totalCount)
  expect(all.names[0]).toMatch(/^Alder/)
  expect(all.names.filter((name) => name.startsWith('Elm'))).toEqual(elms)
  expect(all.names.slice(1)).toEqual(all.names.slice(1).toSorted())
  const others = await walked({ otherPractices: true })
  const [body] = await api.sql(`select name from organization where kind = 'coordinating-body'`)
  expect([...others.names].sort()).toEqual(all.names.filter((name, n) => n > 0 && name !== body!.name).toSorted())
  expect(await walked({ search: 'elmt 120', otherPractices: true })).toEqual({ names: ['Elm 120'], totalCount: 1 })
  expect((await ask({ search: 'elm 125' })).totalCount).toBe(0)
})
