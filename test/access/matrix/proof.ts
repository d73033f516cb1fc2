import type { Ability, Viewer } from '@carecommons/access'
import type { Need } from '@carecommons/domain/graphql'
import { type GraphQLField, isObjectType } from 'graphql'
import { type Answer, type Caller, openTestApi, type TestApi } from '../../support/api.ts'
import { type Asker, standingCaller, systemKeys } from '../../support/standing-sessions.ts'
import { doorOf, everyRoot, isOfAccount, roots, schema } from './asked-roots.ts'
import { matrixBeginning } from './beginning.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { mayDo, mayMeet, opensShared } from './permitted.ts'
import { question, type Root } from './questions.ts'
import { idFor, idKinds, ofRecords, reach, type Relation, relationsOf } from './relations.ts'
import { foreignIn } from './sees.ts'
import { ofOwners, stateOf } from './state.ts'
import { openAbility, openPolicies } from './walls-down.ts'

/** Which walls stand. */
export type Walls = 'all walls' | 'row-level security alone' | 'abilities alone'

interface Opening {
  /** What viewers may do, with a violation in it that the proof has to find. */
  readonly planted?: (viewer: Viewer) => Ability
  /** Whether what is read is asked once more where all walls stand: where the abilities are alone, unless nothing is read. */
  readonly isCompared?: boolean
}

export const users = Object.keys(reach) as Asker[]
/** What looks leave in the audit is another's in every world. */
const TELLS_OF_LOOKS = /^Query\.(audit|chartLooks|ownLooks|disclosures)/
/** The directory of practices and the coordinating body: a role's database shows those that it needs, and none of them is a stranger to anybody. */
const TELLS_OF_MEMBERS = 'Query.careOrganizations'
const rates = { user: 1e9, organization: 1e9, address: 1e9 }

export class Matrix {
  readonly callers = new Map<Asker, Caller>()
  /** Questions asked. */
  asked = 0
  /** Types of the schema x role x relation. */
  readonly nodes = new Set<string>()
  #ledger: Ledger | undefined
  #before: Ledger | undefined
  readonly #ids = new Map<string, string>()
  readonly #wholes = new Map<string, Promise<Answer>>()
  #reading: Promise<void> = Promise.resolve()

  private constructor(
    readonly api: TestApi,
    readonly walls: Walls,
    /** The same with all walls standing. */
    readonly whole: Matrix | null,
  ) {
    for (const user of users) this.callers.set(user, standingCaller(api, user))
  }

  static async open(walls: Walls, { planted, isCompared = walls === 'abilities alone' }: Opening = {}): Promise<Matrix> {
    const ability = planted ?? (walls === 'row-level security alone' ? openAbility : undefined)
    const api = await openTestApi({ rates, ...(ability ? { ability } : {}) }, matrixBeginning)
    if (walls === 'abilities alone') await openPolicies(api)
    return new Matrix(api, walls, isCompared ? await Matrix.open('all walls') : null)
  }

  sayWhatWasAsked(): void {
    process.stderr.write(
      `matrix, ${this.walls}: ${this.asked} questions of ${roots.length} root fields (of ${everyRoot.length}), ${this.nodes.size} cases of node type x role x relation\n`,
    )
  }

  async close(): Promise<void> {
    await this.whole?.api.close()
    await this.api.close()
  }

  /** What the walls that stand let somebody do. */
  readonly may = (user: Asker, action: string, subject: string): boolean =>
    this.walls === 'row-level security alone' ? mayMeet(user, action, subject) : mayDo(user, action, subject)

  /** What stands behind all walls; read anew for each root, since the questions of the others left rows. */
  async ledger(): Promise<Ledger> {
    return (this.#ledger ??= await readLedger(this.api, this.#before))
  }
  forgetLedger(): void {
    this.#before = this.#ledger ?? this.#before
    this.#ledger = undefined
  }

  async ask(root: Root, user: Asker, relation: Relation, filled: Readonly<Record<string, unknown>> = {}): Promise<Asked> {
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
      filled,
      onType: (type) => void this.nodes.add(`${type} ${user} ${relation}`),
    })
    const answer = await this.callers.get(user)!.ask(query, variables)
    const isOfWorld = TELLS_OF_LOOKS.test(root.name) || root.name === TELLS_OF_MEMBERS
    const isCompared = this.whole && root.kind === 'query' && ['own', 'assigned'].includes(relation) && !isOfWorld
    return {
      user,
      relation,
      answer,
      ids: [...ids.values()],
      whole: isCompared ? await this.#asWhole(user, query, variables) : null,
    }
  }

  /** Asked once: what is asked there changes nothing, and a violation planted later must not show on both sides. */
  #asWhole(user: Asker, query: string, variables: object): Promise<Answer> {
    const key = `${user} ${query} ${JSON.stringify(variables)}`
    const known = this.#wholes.get(key) ?? this.whole!.callers.get(user)!.ask(query, variables)
    this.#wholes.set(key, known)
    return known
  }

  /** One after the other: users ask at the same time, and what is behind all walls is read over one connection. */
  #idFor(user: Asker, path: string, relation: Relation): Promise<string> {
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
  readonly user: Asker
  readonly relation: Relation
  readonly answer: Answer
  readonly ids: readonly string[]
  /** What is answered with all walls standing. */
  readonly whole: Answer | null
}

export const isRefused = ({ errors }: Answer): boolean => errors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN')

/** Unfit arguments and a caller who is signed out are defects of the question, not an answer. */
export const isUnread = ({ user, answer }: Pick<Asked, 'user' | 'answer'>): boolean =>
  answer.errors.some(({ extensions: { code = '' } }) =>
    // A system never proves that it is still there, so no dangerous act is open to it.
    code === 'STEP_UP_NEEDED'
      ? !systemKeys.some((key) => key === user)
      : /VALIDATION|PARSE|TOO_COSTLY|INTERNAL|RATE|UNAUTHENTICATED/.test(code),
  )

/** An answer without what differs between any two: ids asked for, ids to quote, times. */
const plain = ({ text }: Answer, ids: readonly string[]): string =>
  ids.reduce((left, id) => left.replaceAll(id, 'ID'), text).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')

/** Ids to quote differ between any two answers that refuse. */
const told = ({ data, errors }: Answer): unknown => ({ data, errors: errors.map(({ extensions }) => extensions['code']) })

/** Conditions and searches that a list can be asked for, and lists without any: forgetting a scope shows where nothing else narrows. */
const fillings: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  'Query.patients': [
    { condition: 'depression' },
    { condition: 'diabetes', sort: 'RISK', first: 8 },
    { openGap: 'control', first: 8 },
    { registry: 'depression' },
    { comingGap: { measure: 'control', withinDays: 365 }, first: 8 },
    { comingGap: { measure: 'control', withinDays: 365 }, sort: 'DUE', first: 8 },
    { inPopulation: { measure: 'control', population: 'DENOMINATOR' }, first: 8 },
    { tier: 2, sort: 'RISK', first: 8 },
    { registry: 'diabetes', sort: 'RISK', first: 8 },
    { search: 'canary', first: 8 },
  ],
  'Query.huddle': [
    { day: '2026-03-02', first: 20 },
    { leftOpen: true, first: 20 },
  ],
  'Query.caseload': [
    { practiceId: null, leadId: null, first: 20 },
    { practiceId: null, leadId: null, part: 'NO_OWNER', first: 20 },
    { practiceId: null, leadId: null, part: 'TEAM', first: 20 },
  ],
  'Query.savedViews': [{ first: 20 }],
  'Query.careAssignments': [{ practiceId: null, membershipId: null, ended: true, first: 20 }],
  'Query.people': [{ organizationId: null, ended: true, first: 20 }],
  'Query.invitations': [{ organizationId: null, first: 20 }],
  'Query.organizations': [{ first: 20 }],
  'Query.systems': [{ ended: true, first: 20 }],
  'Query.auditEvents': [{ filter: null, first: 20 }],
  'Query.auditSummary': [{ filter: null }],
}

/** Everything that one root field shows and does, to everybody or some, for every relation. */
export async function proveRoot(matrix: Matrix, root: Root, askers: readonly Asker[] = users): Promise<void> {
  const door = doorOf(root)
  const isPermitted = (user: Asker): boolean => door === 'open' || mayDo(user, door.action, door.subject)
  const areDoorsShut = matrix.walls !== 'row-level security alone'
  const kinds = root.idPaths.map((path) => idKinds[`${root.name}.${path}`]!)
  matrix.forgetLedger()
  const asked: Asked[] = []
  const heard: { readonly where: object; readonly one: Asked }[] = []
  const ask = async (user: Asker, relation: Relation, filled?: Readonly<Record<string, unknown>>) => {
    const one = await matrix.ask(root, user, relation, filled)
    const where = { root: root.name, user, relation, ...filled }
    expect({ ...where, unread: isUnread(one) && one.answer.text }).toEqual({ ...where, unread: false })
    heard.push({ where, one })
    // With one wall fewer everything reads the same, counts and all.
    if (one.whole) expect({ ...where, told: told(one.answer) }).toEqual({ ...where, told: told(one.whole) })
    if (areDoorsShut) {
      const isKept = !isPermitted(user)
      // Conditions have needs of their own.
      if (isKept || (relation === 'own' && !filled))
        expect({ ...where, refused: isRefused(one.answer) && one.answer.text }).toEqual({
          ...where,
          refused: isKept ? expect.any(String) : false,
        })
    }
    if (!filled) asked.push(one)
  }
  // What is behind all walls is read once for many answers, when all of them are there.
  const expectNothingForeign = async (): Promise<void> => {
    const ledger = await matrix.ledger()
    for (const { where, one } of heard.splice(0)) {
      const { user, relation, ids, answer } = one
      const whole = [answer.text, ...answer.headers.values()].join('\n')
      const met = foreignIn(whole, { user, root: root.name, relation, ids, may: matrix.may }, ledger)
      expect({ ...where, met }).toEqual({ ...where, met: [] })
    }
  }
  const isChange = (user: Asker, relation: Relation) =>
    root.kind === 'mutation' && (relation === 'own' || relation === 'assigned') && (!areDoorsShut || isPermitted(user))
  const pairs = askers.flatMap((user) =>
    relationsOf(user, { kinds, isOfAccount: isOfAccount(root), isPermitted: !areDoorsShut || isPermitted(user) })
      .filter((relation) => root.kind === 'query' || !isOfAccount(root) || !['own', 'assigned'].includes(relation))
      .map((relation) => ({ user, relation })),
  )
  const still = await stateFor(root, matrix.api)
  const quiet = Map.groupBy(
    pairs.filter(({ user, relation }) => !isChange(user, relation)),
    ({ user }) => user,
  )
  const settled = await Promise.allSettled(
    [...quiet.values()].map(async (of) => {
      for (const { user, relation } of of) await ask(user, relation)
      for (const filled of fillings[root.name] ?? []) await ask(of[0]!.user, 'own', filled)
    }),
  )
  // Nobody is still asking when the first of them has failed.
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  await expectNothingForeign()
  const before = await stateFor(root, matrix.api)
  expect({ root: root.name, state: before }).toEqual({ root: root.name, state: still })

  for (const { user, relation } of pairs) {
    if (!isChange(user, relation)) continue
    await ask(user, relation)
    await expectNothingForeign()
  }
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
    if (root.name === 'Query.patient' && isPermitted(user)) expect({ ...compared, answer: answers['own'] }).not.toEqual(compared)
    // Asking the audit for a chart leaves a row in the own audit that names it.
    if (!('shared' in answers) || root.name.startsWith('Query.audit')) continue
    if (opensShared(user, root.name)) expect({ ...compared, answer: answers['shared'] }).not.toEqual(compared)
    else expect({ ...compared, answer: answers['shared'] }).toEqual(compared)
  }
}

/** Asking changes nothing by its kind; what mutations change is looked at. */
const stateFor = async (root: Root, api: TestApi): Promise<Record<string, string>> => (root.kind === 'mutation' ? stateOf(api) : {})

/** Every type that can be reached from these roots; connections, edges and results of sign-in included. */
export function reachableTypes(from: readonly Root[] = roots): readonly string[] {
  const found = new Set<string>()
  for (const root of from) question(root, () => '', { key: '', isOpen: () => true, filled: {}, onType: (name) => void found.add(name) })
  return [...found].sort()
}

export const objectTypes = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))
