import type { Need } from '@carecommons/domain/graphql'
import { getNamedType, isLeafType, isObjectType } from 'graphql'
import type { Asker } from '../support/standing-sessions.ts'
import { mayDo } from './matrix/permitted.ts'
import { everyRoot, leftOut, leftOutTypes, roots, schema } from './matrix/asked-roots.ts'
import { untold } from './matrix/openings.ts'
import { isRefused, isUnread, Matrix, objectTypes, proveRoot, reachableTypes, users } from './matrix/proof.ts'
import { idKinds, reach } from './matrix/relations.ts'

let matrix: Matrix
beforeAll(async () => void (matrix = await Matrix.open('all walls')))
afterAll(async () => {
  matrix?.sayWhatWasAsked()
  await matrix?.close()
})

test('every id that a root field takes is known for what it names', () => {
  const paths = roots.flatMap(({ name, idPaths }) => idPaths.map((path) => `${name}.${path}`))
  expect(paths.filter((path) => !(path in idKinds))).toEqual([])
  expect(Object.keys(idKinds).filter((path) => !paths.includes(path))).toEqual([])
})

describe('hardening 1, 2, 4, 16: opens to the roles it is meant for and to no other; foreign ids answer like missing ones and change nothing', () => {
  test.each(roots.map((root) => [root.name, root] as const))('%s', (_name, root) => proveRoot(matrix, root))
})

test('every root field is asked by the matrix, or left out for a reason', () => {
  const names = everyRoot.map(({ name }) => name)
  expect(Object.keys(leftOut).filter((name) => !names.includes(name))).toEqual([])
  expect(roots.length + Object.keys(leftOut).length).toBe(names.length)
  // Nothing that takes the id of something is left out.
  expect(everyRoot.filter(({ name, idPaths }) => name in leftOut && idPaths.length > 0)).toEqual([])
})

test("every table whose rows are somebody's carries canaries, or shows no words", () => expect(untold).toEqual([]))

test('every node type was asked for, by every role and in every relation in which a question reaches it', () => {
  const reachable = reachableTypes()
  const operations = ['Query', 'Mutation', 'Subscription']
  const unreached = objectTypes.map(({ name }) => name).filter((name) => !reachable.includes(name) && !operations.includes(name))
  expect(unreached.sort()).toEqual(leftOutTypes)
  const types = new Set([...matrix.nodes].map((node) => node.split(' ')[0]))
  expect(reachable.filter((type) => !types.has(type))).toEqual([])
})

const guarded = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).flatMap((field) => (field.extensions['needs'] ? [{ type: type.name, field }] : [])))

/** How a type with guarded fields is reached, and by whom. */
const above: Readonly<Record<string, { root: string; subject: string; idOf?(user: Asker): string; plant?(): Promise<unknown> }>> = {
  LeaveCover: {
    root: 'covers(first: 1) { edges { node',
    subject: 'Cover',
    // Of the care manager's leave, covered by her supervisor.
    plant: () =>
      matrix.api.sql(
        `with away as (
           insert into staff_leave (id, membership_id, person_name, kind, from_at, until_at, requested_by, requested_at)
           select uuidv7(), id, 'x', 'other', '2026-03-01', '2026-03-30', user_id, now() from membership where role = 'care-manager' returning *)
         insert into leave_cover (id, leave_id, practice_id, duty, leaver_id, leaver_name, membership_id, cover_name, from_at, until_at, state, proposed_by, proposed_at)
         select uuidv7(), a.id, $1, 'care-management', a.membership_id, 'x', m.id, 'x', a.from_at, a.until_at, 'accepted', m.user_id, now()
           from away a, membership m where m.role = 'care-supervisor'`,
        [matrix.api.world.practices.birch],
      ),
  },
  CareCase: { root: 'caseload(first: 1) { edges { node', subject: 'Caseload' },
  HuddleEntry: { root: 'huddle(first: 1) { edges { node', subject: 'Huddle' },
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
    const { root, subject, idOf, plant } = above[type]!
    await plant?.()
    for (const user of users.filter((one) => mayDo(one, 'read', subject))) {
      const leaf = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
      matrix.asked++
      const asked = `${field.name} ${leaf}`
      const caller = matrix.callers.get(user)!
      const answer = await (idOf
        ? caller.ask(`query ($id: ID!) { ${root}(id: $id) { ${asked} } }`, { id: idOf(user) })
        : caller.ask(`{ ${root} { ${asked} } } } }`))
      expect({ user, refused: isRefused(answer), unread: isUnread({ user, answer }) && answer.text }).toEqual({
        user,
        refused: !mayDo(user, need.action, need.subject),
        unread: false,
      })
    }
  },
)
