import type { DoorRule, Need } from '@carecommons/domain/graphql'
import { buildApiSchema } from '@carecommons/api'
import { type GraphQLField, isObjectType } from 'graphql'
import { type Answer, type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { canaries, type PracticeKey, type UserKey } from '../support/world.ts'
import { mayDo } from './matrix/permitted.ts'
import { question, type Root, rootsOf } from './matrix/questions.ts'
import { idFor, idKinds, plantOpenings, reach, type Relation, relations } from './matrix/relations.ts'
import { stateOf } from './matrix/state.ts'

const schema = buildApiSchema()
const users = Object.keys(reach) as UserKey[]
/** They end or change the caller's own sign-in, and have suites of their own. */
const doorOf = ({ field }: Root): DoorRule => field.extensions['door'] as DoorRule
const roots = rootsOf(schema).filter((root) => doorOf(root) !== 'open' && (doorOf(root) as Need).subject !== 'Account')

let api: TestApi
const callers = new Map<UserKey, Caller>()
let cases = 0

beforeAll(async () => {
  api = await openTestApi()
  await plantOpenings(api)
  for (const user of users) callers.set(user, await api.signedIn(user))
})
afterAll(async () => {
  await api.close()
  process.stdout.write(`matrix: ${cases} cases\n`)
})

test('every id that a root field takes is known for what it names', () => {
  const paths = roots.flatMap(({ name, idPaths }) => idPaths.map((path) => `${name}.${path}`))
  expect(paths.filter((path) => !(path in idKinds))).toEqual([])
})

async function ask(root: Root, user: UserKey, relation: Relation): Promise<{ answer: Answer; ids: readonly string[] }> {
  const ids = new Map<string, string>()
  for (const path of root.idPaths) ids.set(path, await idFor(api, user, idKinds[`${root.name}.${path}`]!, relation))
  cases++
  const isOpen = (field: GraphQLField<unknown, unknown>) => {
    const need = field.extensions['needs'] as Need | undefined
    return !need || mayDo(user, need.action, need.subject)
  }
  // Answers are compared, so the words of a question are the same for own, foreign and missing ids.
  const { query, variables } = question(root, (path) => ids.get(path)!, { key: `${root.field.name}-${user}`, isOpen })
  return { answer: await callers.get(user)!.ask(query, variables), ids: [...ids.values()] }
}

const isRefused = ({ errors }: Answer): boolean => errors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN')

/** Unfit arguments are a defect of the question, not an answer. */
const isUnread = ({ errors }: Answer): boolean =>
  errors.some(({ extensions }) => /VALIDATION|PARSE|TOO_COSTLY|INTERNAL/.test(extensions['code'] ?? ''))

/** An answer without what differs between any two: ids asked for, ids to quote, times. */
const plain = ({ text }: Answer, ids: readonly string[]): string =>
  ids.reduce((left, id) => left.replaceAll(id, 'ID'), text).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')

function expectNoForeign(user: UserKey, root: Root, { text }: Answer): void {
  for (const practice of Object.keys(canaries) as PracticeKey[]) {
    if (reach[user].includes(practice)) continue
    expect({ user, root: root.name, met: text.toLowerCase().includes(canaries[practice].toLowerCase()) }).toEqual({
      user,
      root: root.name,
      met: false,
    })
  }
}

describe.each(roots.map((root) => [root.name, root] as const))('%s', (_name, root) => {
  const { action, subject } = doorOf(root) as Need
  const asked: readonly Relation[] = root.idPaths.length === 0 ? ['own'] : relations

  test('opens to the roles it is meant for and to no other; foreign ids answer like missing ones; nobody meets a foreign canary', async () => {
    for (const user of users) {
      const answers = new Map<Relation, string>()
      for (const relation of asked) {
        const isMine = root.kind === 'query' || (relation === 'own' && mayDo(user, action, subject))
        const before = isMine ? null : await stateOf(api)
        const { answer, ids } = await ask(root, user, relation)
        expect({ user, relation, unread: isUnread(answer) && answer.text }).toEqual({ user, relation, unread: false })
        expectNoForeign(user, root, answer)
        if (!mayDo(user, action, subject)) expect({ user, relation, refused: isRefused(answer) }).toEqual({ user, relation, refused: true })
        else if (relation === 'own')
          expect({ user, relation, refused: isRefused(answer) && answer.text }).toEqual({ user, relation, refused: false })
        answers.set(relation, plain(answer, ids))
        if (before) expect({ user, relation, state: await stateOf(api) }).toEqual({ user, relation, state: before })
      }
      if (answers.has('foreign')) expect({ user, answer: answers.get('foreign') }).toEqual({ user, answer: answers.get('missing') })
    }
  })
})

const guarded = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).flatMap((field) => (field.extensions['needs'] ? [{ type: type.name, field }] : [])))

/** How a type with guarded fields is reached, and by whom. */
const above: Readonly<Record<string, { root: string; subject: string; idOf(user: UserKey): string }>> = {
  Patient: { root: 'patient', subject: 'Chart', idOf: (user) => api.world.charts[reach[user][0]!][0]! },
  MemberOrganization: { root: 'organization', subject: 'Organization', idOf: (user) => api.world.practices[reach[user][0] ?? 'alder'] },
}

test.each(guarded.map(({ type, field }) => [`${type}.${field.name}`, field, type] as const))(
  '%s opens to the roles it is meant for',
  async (_name, field, type) => {
    const need = field.extensions['needs'] as Need
    const { root, subject, idOf } = above[type]!
    for (const user of users.filter((one) => mayDo(one, 'read', subject))) {
      const inner = isObjectType(schema.getType(type)) ? field.name : ''
      const leaf = /^(\[)?(ID|Int|Float|String|Boolean|Day|DateTime)/.test(String(field.type)) ? '' : '{ __typename }'
      cases++
      const answer = await callers.get(user)!.ask(`query ($id: ID!) { ${root}(id: $id) { ${inner} ${leaf} } }`, { id: idOf(user) })
      expect({ user, refused: isRefused(answer), unread: isUnread(answer) && answer.text }).toEqual({
        user,
        refused: !mayDo(user, need.action, need.subject),
        unread: false,
      })
    }
  },
)
