import { buildApiSchema } from '@carecommons/api'
import { getNamedType, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import type { UserKey } from '../support/world.ts'
import { type Root, rootsOf } from './matrix/questions.ts'
import { stateOf } from './matrix/state.ts'

const hostile = [
  `' or true --`,
  `"; drop table patient; --`,
  '$$; select pg_sleep(5); $$',
  '%',
  '_',
  `\\'; select 1; --`,
  '‘’“”＇＂', // quotes that some layer might fold into ASCII ones
  `{"$gt": ""}`,
  '${1+1} {{7*7}}',
  '\u202e\ufeff\u{1f9d1}\ud83d\r\n\t',
  'x'.repeat(2_000),
] as const

const schema = buildApiSchema()
/** They end the caller's sign-in, or start a job. */
const LEFT_OUT = ['Mutation.signOut', 'Mutation.endOtherSessions', 'Mutation.signIn']
const roots = rootsOf(schema).filter((root) => !LEFT_OUT.includes(root.name) && root.field.args.length > 0)

/** What speaks of a database, of code or of the machine. */
const TELLING =
  /syntax error|pg_|sqlstate|relation "|column "|violates|select .* from|insert into|\bat .*\.(ts|js):|node_modules|ECONN(?:REFUSED|RESET|ABORTED)|127\.0\.0\.1:5/i

let api: TestApi
const callers = new Map<UserKey, Caller>()
beforeAll(async () => {
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  for (const user of ['administrator', 'alderAdministrator', 'pineAnalyst', 'workforceManager'] as const)
    callers.set(user, await api.signedIn(user))
})
afterAll(() => api.close())

/** Every text, id, day and order that the root takes, all of them `text`; `typed` leaves what must be of another kind as it has to be. */
function filled(type: GraphQLInputType, text: string, typed: boolean): unknown {
  if (isNonNullType(type)) return filled(type.ofType, text, typed)
  if (isListType(type)) return [filled(type.ofType as GraphQLInputType, text, typed)]
  if (isInputObjectType(type))
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, filled(field.type, text, typed)]))
  if (isEnumType(type)) return typed ? type.getValues()[0]!.name : text
  switch (getNamedType(type).name) {
    case 'Int':
    case 'Float':
      return 1
    case 'Boolean':
      return false
    case 'Day':
      return typed ? '2099-12-31' : text
    case 'DateTime':
      return typed ? '2026-03-02T15:00:00Z' : text
    default:
      return text
  }
}

const documentOf = ({ kind, field }: Root): string => {
  const head = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const args = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const isLeaf = /^(String|Boolean|Int|ID)!?$/.test(String(field.type))
  return `${kind} (${head}) { ${field.name}(${args}) ${isLeaf ? '' : '{ __typename }'} }`
}

describe('hardening 38: quotes, patterns and odd characters are data, not SQL', () => {
  let cases = 0
  /** Everything at once; and, for what one argument says may keep the others from being looked at, each that can be left out alone. */
  const askedWith = (root: Root, text: string, typed: boolean): Record<string, unknown>[] => {
    const all = root.field.args.map((arg) => [arg.name, filled(arg.type, text, typed)] as const)
    const needed = root.field.args.filter((arg) => isNonNullType(arg.type)).map(({ name }) => name)
    const others = all.filter(([name, value]) => !needed.includes(name) && value === text)
    const alone = typed && others.length > 1 && text.includes("'") ? others.map(([name]) => [...needed, name]) : []
    return [all, ...alone.map((names) => all.filter(([name]) => names.includes(name)))].map((some) => Object.fromEntries(some))
  }
  afterAll(() => void process.stderr.write(`hostile strings: ${cases} cases\n`))

  test.each(roots.map((root) => [root.name, root] as const))('%s', async (_name, root) => {
    const before = await stateOf(api)
    for (const [user, caller] of callers) {
      for (const text of hostile) {
        for (const typed of user === 'alderAdministrator' ? [true, false] : [true]) {
          for (const variables of askedWith(root, text, typed)) {
            const answer = await caller.ask(documentOf(root), variables)
            cases++
            const where = { user, text: text.slice(0, 40), typed, asked: Object.keys(variables).join() }
            const codes = answer.errors.map(({ extensions }) => extensions['code'])
            expect({ ...where, bug: codes.includes('INTERNAL_SERVER_ERROR') && answer.text, status: answer.status < 500 }).toEqual({
              ...where,
              bug: false,
              status: true,
            })
            // What was sent may come back in words about it; it tells nothing that the sender did not know.
            expect({ ...where, told: TELLING.exec(answer.text.replaceAll(JSON.stringify(text).slice(1, -1), ''))?.[0] }).toEqual({
              ...where,
              told: undefined,
            })
          }
        }
      }
    }
    const after = await stateOf(api)
    expect(Object.keys(after).filter((name) => /^(patient|clinical|score|measure)/.test(name) && after[name] !== before[name])).toEqual([])
  })
})

test('hardening 38: NUL anywhere is a 400', async () => {
  const root = roots.find(({ name }) => name === 'Query.patients')!
  const variables = Object.fromEntries(root.field.args.map((arg) => [arg.name, filled(arg.type, 'a\0b', true)]))
  expect((await callers.get('alderAdministrator')!.ask(documentOf(root), variables)).status).toBe(400)
})

describe('hardening 42: what goes wrong is told without SQL, stack, table or host, and with an id to quote', () => {
  test('an unknown enum, day or number', async () => {
    const caller = callers.get('alderAdministrator')!
    for (const [type, name, value] of [
      ['PatientSort', 'sort', 'NOPE'],
      ['Int', 'first', 'many'],
      ['Int', 'first', 1e99],
    ] as const) {
      const { status, text } = await caller.ask(`query ($v: ${type}) { patients(${name}: $v) { totalCount } }`, { v: value })
      expect(status).toBe(400)
      expect(text).not.toMatch(TELLING)
    }
  })

  test('a database that refuses, and one that lets us wait too long', async () => {
    const caller = callers.get('alderAdministrator')!
    await api.sql(
      `create function planted_error() returns trigger language plpgsql as $$ begin raise exception 'secret_table at 10.0.0.7' using errcode = 'XX000'; end $$`,
    )
    await api.sql('create trigger planted before insert on audit_event for each row execute function planted_error()')
    const failed = await caller.ask('{ patients(first: 1) { totalCount edges { node { id } } } }')
    await api.sql('drop trigger planted on audit_event')
    await api.sql(
      `create or replace function planted_error() returns trigger language plpgsql as $$ begin perform set_config('statement_timeout', '1', true); raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$`,
    )
    await api.sql('create trigger planted before insert on audit_event for each row execute function planted_error()')
    const timedOut = await caller.ask('{ patients(first: 1) { totalCount edges { node { id } } } }')
    await api.sql('drop trigger planted on audit_event')
    for (const { status, data, errors, text } of [failed, timedOut]) {
      expect([status >= 500, data]).toEqual([true, null])
      expect(errors[0]!.extensions['id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(text).not.toMatch(TELLING)
      expect(text).not.toMatch(/secret_table|10\.0\.0\.7|timeout|audit/)
    }
  })
})
