import type { Ability, Viewer } from '@carecommons/access'
import type { DoorRule, Need } from '@carecommons/domain/graphql'
import { buildApiSchema } from '@carecommons/api'
import { type GraphQLField, isObjectType } from 'graphql'
import { type Answer, type Caller, openTestApi, type TestApi } from '../../support/api.ts'
import { canaries, type PracticeKey, type UserKey } from '../../support/world.ts'
import { plantOpenings, SHARED_CHART } from './openings.ts'
import { listsShared, mayDo, opensShared } from './permitted.ts'
import { question, type Root, rootsOf } from './questions.ts'
import { idFor, type IdKind, idKinds, reach, type Relation, relationsOf } from './relations.ts'
import { ofOwners, stateOf } from './state.ts'
import { openAbility, openPolicies } from './walls-down.ts'

/** Which walls stand. */
export type Walls = 'all walls' | 'row-level security alone' | 'abilities alone'

export const schema = buildApiSchema()
export const users = Object.keys(reach) as UserKey[]
const doorOf = ({ field }: Root): DoorRule => field.extensions['door'] as DoorRule
/**
 * Open doors are for those who are not signed in, and have suites of their own. Of the own account what names something is asked for what is
 * not one's own: the rest would end or change the callers' sign-ins.
 */
export const roots = rootsOf(schema)
  .filter((root) => doorOf(root) !== 'open' && (!isOfAccount(root) || root.idPaths.length > 0))
  // Before the others leave their own rows there.
  .sort((a, b) => Number(b.name.startsWith('Query.audit')) - Number(a.name.startsWith('Query.audit')))
const everyRoot = rootsOf(schema).length
function isOfAccount(root: Root): boolean {
  return (doorOf(root) as Need).subject === 'Account'
}
const rates = { user: 1e9, organization: 1e9, address: 1e9 }

export class Matrix {
  readonly callers = new Map<UserKey, Caller>()
  /** Questions asked. */
  asked = 0
  /** Types of the schema x role x relation. */
  readonly nodes = new Set<string>()
  readonly #ids = new Map<string, string>()
  #reading: Promise<void> = Promise.resolve()

  private constructor(
    readonly api: TestApi,
    readonly walls: Walls,
  ) {}

  /** `planted`: what viewers may do, with a violation in it that the proof has to find. */
  static async open(walls: Walls, planted?: (viewer: Viewer) => Ability): Promise<Matrix> {
    const ability = planted ?? (walls === 'row-level security alone' ? openAbility : undefined)
    const api = await openTestApi({ rates, ...(ability ? { ability } : {}) })
    await plantOpenings(api)
    if (walls === 'abilities alone') await openPolicies(api)
    const matrix = new Matrix(api, walls)
    for (const user of users) matrix.callers.set(user, await api.signedIn(user))
    return matrix
  }

  async close(): Promise<void> {
    process.stderr.write(
      `matrix, ${this.walls}: ${this.asked} questions of ${roots.length} root fields (of ${everyRoot}), ${this.nodes.size} cases of node type x role x relation\n`,
    )
    await this.api.close()
  }

  async ask(root: Root, user: UserKey, relation: Relation): Promise<Asked> {
    const ids = new Map<string, string>()
    for (const path of root.idPaths) ids.set(path, await this.#idFor(user, `${root.name}.${path}`, relation))
    this.asked++
    const isOpen = (field: GraphQLField<unknown, unknown>) => {
      const need = field.extensions['needs'] as Need | undefined
      return this.walls === 'row-level security alone' || !need || mayDo(user, need.action, need.subject)
    }
    // Answers are compared, so the words of a question are the same for own, foreign and missing ids.
    const { query, variables } = question(root, (path) => ids.get(path)!, {
      key: `${root.field.name}-${user}`,
      isOpen,
      onType: (type) => void this.nodes.add(`${type} ${user} ${relation}`),
    })
    return { user, relation, answer: await this.callers.get(user)!.ask(query, variables), ids: [...ids.values()] }
  }

  /** One after the other: users ask at the same time, and what is behind all walls is read over one connection. */
  #idFor(user: UserKey, path: string, relation: Relation): Promise<string> {
    const kind = idKinds[path]!
    const key = `${user} ${kind} ${relation}`
    const known = this.#ids.get(key)
    // What is missing is another one each time.
    if (known !== undefined && relation !== 'missing') return Promise.resolve(known)
    const found = this.#reading.then(() => idFor(this.api, user, kind, relation))
    this.#reading = found.then((id) => void this.#ids.set(key, id))
    return found
  }
}

interface Asked {
  readonly user: UserKey
  readonly relation: Relation
  readonly answer: Answer
  readonly ids: readonly string[]
}

export const isRefused = ({ errors }: Answer): boolean => errors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN')

/** Unfit arguments are a defect of the question, not an answer. */
export const isUnread = ({ errors }: Answer): boolean =>
  errors.some(({ extensions }) => /VALIDATION|PARSE|TOO_COSTLY|INTERNAL|RATE/.test(extensions['code'] ?? ''))

/** An answer without what differs between any two: ids asked for, ids to quote, times. */
const plain = ({ text }: Answer, ids: readonly string[]): string =>
  ids.reduce((left, id) => left.replaceAll(id, 'ID'), text).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')

/** The name on the one chart that was shared. */
const SHARED_NAME = new RegExp(`${canaries.cedar}${String(SHARED_CHART).padStart(2, '0')}`, 'gi')

function expectNoForeign(root: Root, { user, relation, answer }: Asked): void {
  const isShown = (relation === 'shared' && opensShared(user, root.name)) || listsShared(user, root.name)
  const text = (isShown ? answer.text.replaceAll(SHARED_NAME, '') : answer.text).toLowerCase()
  const met = (Object.keys(canaries) as PracticeKey[]).filter(
    (practice) => !reach[user].includes(practice) && text.includes(canaries[practice].toLowerCase()),
  )
  expect({ user, relation, root: root.name, met }).toEqual({ user, relation, root: root.name, met: [] })
}

/** Everything that one root field shows and does, to everybody, for every relation. */
export async function proveRoot(matrix: Matrix, root: Root): Promise<void> {
  const { action, subject } = doorOf(root) as Need
  const areDoorsShut = matrix.walls !== 'row-level security alone'
  const kinds = root.idPaths.map((path) => idKinds[`${root.name}.${path}`]!)
  const asked: Asked[] = []
  const ask = async (user: UserKey, relation: Relation) => {
    const one = await matrix.ask(root, user, relation)
    const where = { root: root.name, user, relation }
    expect({ ...where, unread: isUnread(one.answer) && one.answer.text }).toEqual({ ...where, unread: false })
    expectNoForeign(root, one)
    if (areDoorsShut) {
      const isKept = !mayDo(user, action, subject)
      if (isKept || relation === 'own')
        expect({ ...where, refused: isRefused(one.answer) && one.answer.text }).toEqual({
          ...where,
          refused: isKept ? expect.any(String) : false,
        })
    }
    asked.push(one)
  }
  const isChange = (user: UserKey, relation: Relation) =>
    root.kind === 'mutation' && (relation === 'own' || relation === 'assigned') && (!areDoorsShut || mayDo(user, action, subject))
  const pairs = users.flatMap((user) =>
    relationsOf(user, kinds)
      .filter((relation) => !isOfAccount(root) || !['own', 'assigned'].includes(relation))
      .map((relation) => ({ user, relation })),
  )
  const still = await stateFor(root, matrix.api)
  const quiet = Map.groupBy(
    pairs.filter(({ user, relation }) => !isChange(user, relation)),
    ({ user }) => user,
  )
  await Promise.all(
    [...quiet.values()].map(async (of) => {
      for (const { user, relation } of of) await ask(user, relation)
    }),
  )
  const before = await stateFor(root, matrix.api)
  expect({ root: root.name, state: before }).toEqual({ root: root.name, state: still })

  for (const { user, relation } of pairs) if (isChange(user, relation)) await ask(user, relation)
  // Whoever changes their own changes nothing of the practice that is foreign to everybody.
  const cedar = [matrix.api.world.practices.cedar]
  expect({ root: root.name, cedar: ofOwners(await stateFor(root, matrix.api), cedar) }).toEqual({
    root: root.name,
    cedar: ofOwners(before, cedar),
  })

  for (const [user, of] of Map.groupBy(asked, (one) => one.user)) {
    const answers = Object.fromEntries(of.map((one) => [one.relation, plain(one.answer, one.ids)]))
    const compared = { root: root.name, user, answer: answers['missing'] }
    // Organizations are in everybody's directory: which of them may be named, the abilities say.
    if ('foreign' in answers && (areDoorsShut || kinds.every((kind) => ofRecords.includes(kind))))
      expect({ ...compared, answer: answers['foreign'] }).toEqual(compared)
    // A wall that lets nobody through would pass everything above.
    if (root.name === 'Query.patient' && mayDo(user, action, subject)) expect({ ...compared, answer: answers['own'] }).not.toEqual(compared)
    // Asking the audit for a chart leaves a row in the own audit that names it.
    if (!('shared' in answers) || root.name.startsWith('Query.audit')) continue
    if (opensShared(user, root.name)) expect({ ...compared, answer: answers['shared'] }).not.toEqual(compared)
    else expect({ ...compared, answer: answers['shared'] }).toEqual(compared)
  }
}

const ofRecords: readonly IdKind[] = [
  'chart',
  'recipient',
  'consent',
  'patient_sign_in',
  'share_grant',
  'emergency_access',
  'session',
  'totp_authenticator',
  'person',
]

/** Asking changes nothing by its kind; what mutations change is looked at. */
const stateFor = async (root: Root, api: TestApi): Promise<Record<string, string>> => (root.kind === 'mutation' ? stateOf(api) : {})

/** Every type that can be reached from these roots; connections, edges and results of sign-in included. */
export function reachableTypes(): readonly string[] {
  const found = new Set<string>()
  for (const root of roots) question(root, () => '', { key: '', isOpen: () => true, onType: (name) => void found.add(name) })
  return [...found].sort()
}

export const objectTypes = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))
