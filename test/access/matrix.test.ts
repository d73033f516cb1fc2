import type { Need } from '@carecommons/domain/graphql'
import { isObjectType } from 'graphql'
import type { UserKey } from '../support/world.ts'
import { mayDo } from './matrix/permitted.ts'
import { isRefused, isUnread, Matrix, objectTypes, proveRoot, reachableTypes, roots, schema, users } from './matrix/proof.ts'
import { idKinds, reach } from './matrix/relations.ts'

let matrix: Matrix
beforeAll(async () => void (matrix = await Matrix.open('all walls')))
afterAll(() => matrix?.close())

test('every id that a root field takes is known for what it names', () => {
  const paths = roots.flatMap(({ name, idPaths }) => idPaths.map((path) => `${name}.${path}`))
  expect(paths.filter((path) => !(path in idKinds))).toEqual([])
  expect(Object.keys(idKinds).filter((path) => !paths.includes(path))).toEqual([])
})

describe('hardening 1, 2, 4: opens to the roles it is meant for and to no other; foreign ids answer like missing ones and change nothing', () => {
  test.each(roots.map((root) => [root.name, root] as const))('%s', (_name, root) => proveRoot(matrix, root))
})

/** Told to whoever signs in, or not yet: the suites of signing in ask for them. */
const ofSigningIn =
  /^(Query|Mutation|AcceptanceBegun|InvitationAccepted|InvitationRead|PasskeyQuestion|TotpSecret|AuthenticatorAdded|SecondFactor\w*|Session\w*|Authenticator|PasswordFacts|Account|Viewer|\w*Sign\w*|InvitationSeen|User|ActingMembership\w*|Membership\w*|Region|RecoveryCodes|SecondStep)$/

test('every node type was asked for, by every role and in every relation in which a question reaches it', () => {
  const reachable = reachableTypes()
  expect(objectTypes.map(({ name }) => name).filter((name) => !reachable.includes(name) && !ofSigningIn.test(name))).toEqual([])
  const types = new Set([...matrix.nodes].map((node) => node.split(' ')[0]))
  expect(reachable.filter((type) => !types.has(type))).toEqual([])
})

const guarded = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).flatMap((field) => (field.extensions['needs'] ? [{ type: type.name, field }] : [])))

/** How a type with guarded fields is reached, and by whom. */
const above: Readonly<Record<string, { root: string; subject: string; idOf(user: UserKey): string }>> = {
  Patient: { root: 'patient', subject: 'Chart', idOf: (user) => matrix.api.world.charts[reach[user][0]!][0]! },
  MemberOrganization: {
    root: 'organization',
    subject: 'Organization',
    idOf: (user) => matrix.api.world.practices[reach[user][0] ?? 'alder'],
  },
}

test.each(guarded.map(({ type, field }) => [`${type}.${field.name}`, field, type] as const))(
  '%s opens to the roles it is meant for',
  async (_name, field, type) => {
    const need = field.extensions['needs'] as Need
    const { root, subject, idOf } = above[type]!
    for (const user of users.filter((one) => mayDo(one, 'read', subject))) {
      const leaf = /^(\[)?(ID|Int|Float|String|Boolean|Day|DateTime)/.test(String(field.type)) ? '' : '{ __typename }'
      matrix.asked++
      const answer = await matrix.callers
        .get(user)!
        .ask(`query ($id: ID!) { ${root}(id: $id) { ${field.name} ${leaf} } }`, { id: idOf(user) })
      expect({ user, refused: isRefused(answer), unread: isUnread(answer) && answer.text }).toEqual({
        user,
        refused: !mayDo(user, need.action, need.subject),
        unread: false,
      })
    }
  },
)
