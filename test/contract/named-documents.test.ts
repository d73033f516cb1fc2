import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

const folder = mkdtempSync(join(tmpdir(), 'documents-'))
const documentsFile = join(folder, 'documents.json')
writeFileSync(documentsFile, JSON.stringify({ 'Who-1': '{ me { user { name } } }', 'In-2': SIGN_IN() }))
afterAll(() => rmSync(folder, { recursive: true }))

function SIGN_IN(): string {
  return 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }'
}

const post = (caller: Caller, body: object) =>
  caller.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-commons': 'web' },
    body: JSON.stringify(body),
  })
const named = (id: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } })

describe('in production', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi({ production: true, documentsFile })
  })
  afterAll(() => api.close())

  test('a browser sends operations by name, and they are answered', async () => {
    const caller = api.caller()
    const { email, password } = api.world.users.alderClinician
    const signedIn = await post(caller, { ...named('In-2'), variables: { input: { email, password } } })
    expect(await signedIn.json()).toEqual({ data: { signIn: { __typename: 'Viewer' } } })
    expect(await (await post(caller, named('Who-1'))).json()).toEqual({ data: { me: { user: { name: 'Casey Alder' } } } })
  })

  test.each([
    ['a document of its own', { query: '{ me { user { name } } }' }],
    ['a document of its own beside a name', { ...named('Who-1'), query: '{ patients { totalCount } }' }],
    ['nothing', {}],
    ['an empty document', { query: '' }],
  ])('%s is refused', async (_what, body) => {
    const response = await post(api.caller(), body)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('PERSISTED_QUERY_ONLY')
  })

  test.each(['Who-2', '__proto__', 'constructor', '', 0, null, ['Who-1'], { toString: 'Who-1' }])(
    'an unknown name is refused: %p',
    async (id) => {
      const response = await post(api.caller(), named(id))
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('PERSISTED_QUERY_NOT_FOUND')
    },
  )
})

test('elsewhere both are answered', async () => {
  const api = await openTestApi({ documentsFile })
  const text = await (await post(api.caller(), named('Who-1'))).text()
  expect(text.trim()).toBe('{"data":{"me":null}}')
  expect((await api.caller().ask('{ me { user { name } } }')).data).toEqual({ me: null })
  await api.close()
})
