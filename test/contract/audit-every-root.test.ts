import { buildApiSchema } from '@carecommons/api'
import type { Need } from '@carecommons/domain/graphql'
import { matrixBeginning } from '../access/matrix/beginning.ts'
import { mayDo } from '../access/matrix/permitted.ts'
import { question, type Root, rootsOf } from '../access/matrix/questions.ts'
import { idFor, idKinds, reach, type Relation, relationsOf } from '../access/matrix/relations.ts'
import { type Answer, openTestApi, type TestApi } from '../support/api.ts'
import { type Asker, standingCaller } from '../support/standing-sessions.ts'

const rates = { user: 1e9, organization: 1e9, address: 1e9 }
let api: TestApi
beforeAll(async () => {
  api = await openTestApi({ rates }, matrixBeginning)
})
afterAll(() => api.close())

/** Reading it tells of nobody: names of organizations, figures of the region, measures, and the own sign-in. */
const OF_NOBODY = [
  'Account',
  'Directory',
  'Organization',
  'Measure',
  'MeasurePackage',
  'MetricRun',
  'RegionOverview',
  'SavedView',
  'ListExport',
  'RecordUpload',
]

/** Asking who one is and what one holds changes nothing; each has suites of its own. */
const QUIET = ['Mutation.beginTotp', 'Mutation.beginPasskey']

const roots = rootsOf(buildApiSchema()).filter(({ field, name }) => field.extensions['door'] !== 'open' && !QUIET.includes(name))
const doorOf = ({ field }: Root) => field.extensions['door'] as Need
const users = Object.keys(reach) as Asker[]

interface Row {
  readonly action: string
  readonly subject: string
  readonly subject_ids: string[]
  readonly outcome: string
  readonly practice_id: string | null
  readonly correlation_id: string
}

interface Asked {
  readonly answer: Answer
  readonly left: readonly Row[]
  /** Ids that the question named. */
  readonly named: readonly string[]
}

async function asked(user: Asker, root: Root, relation: Relation, caller: ReturnType<TestApi['caller']>): Promise<Asked> {
  const ids = new Map<string, string>()
  for (const path of root.idPaths) ids.set(path, await idFor(api, user, idKinds[`${root.name}.${path}`]!, relation))
  const { query, variables } = question(root, (path) => ids.get(path)!, {
    key: `${root.field.name}-${user}-${relation}`,
    isOpen: (field) => field.extensions['needs'] === undefined,
    filled: {},
    onType: () => undefined,
  })
  await api.sql('delete from audit_event')
  const answer = await caller.ask(query, variables)
  return { answer, left: (await api.sql('select * from audit_event')) as unknown as Row[], named: [...ids.values()] }
}

const codeOf = ({ errors }: Answer): string | undefined => errors[0]?.extensions['code']

/** Acts that are kept under other names: signing in with something, and what the export and the switch do. */
const outcomes = (left: readonly Row[]) => [...new Set(left.map(({ outcome }) => outcome))].sort()

test('hardening 71: every root field, asked by everybody for own, foreign and missing things: what was done, refused or not there is noted', async () => {
  const counts = { allowed: 0, denied: 0, 'not-found': 0, unnoted: 0 }
  const relations: readonly Relation[] = ['missing', 'foreign', 'own']
  for (const user of users) {
    const caller = standingCaller(api, user)
    for (const root of roots) {
      const kinds = root.idPaths.map((path) => idKinds[`${root.name}.${path}`]!)
      const { action, subject } = doorOf(root)
      const worth = relationsOf(user, { kinds, isOfAccount: subject === 'Account', isPermitted: mayDo(user, action, subject) })
      for (const relation of relations.filter((one) => worth.includes(one))) {
        if (relation === 'own' && doorOf(root).subject === 'Account' && root.kind === 'mutation') continue
        const { answer, left, named } = await asked(user, root, relation, caller)
        const where = { user, root: root.name, relation, code: codeOf(answer) }
        expect({ ...where, unread: /VALIDATION|PARSE|TOO_COSTLY|INTERNAL|RATE|BAD_USER/.test(where.code ?? '') }).toEqual({
          ...where,
          unread: false,
        })
        const kindsLeft = left.map((row) => [row.practice_id, row.action, row.subject, row.outcome].join(' '))
        expect({ ...where, kindsLeft }).toEqual({ ...where, kindsLeft: [...new Set(kindsLeft)] })
        const value = answer.data?.[root.field.name]
        const isNothing = value === null || value === undefined || (Array.isArray(value) && value.length === 0) || value.visible === false
        if (where.code === 'FORBIDDEN') {
          expect({ ...where, left: left.map(({ outcome, subject_ids }) => ({ outcome, subject_ids: [...subject_ids].sort() })) }).toEqual({
            ...where,
            left: [{ outcome: 'denied', subject_ids: [...new Set(named)].sort() }],
          })
        } else if (root.kind === 'mutation') {
          const told = value?.__typename === 'Refused' ? [['denied'], ['not-found']] : [['allowed']]
          expect(told.map((one) => ({ ...where, outcomes: one }))).toContainEqual({ ...where, outcomes: outcomes(left) })
        } else if (OF_NOBODY.includes(doorOf(root).subject)) {
          expect({ ...where, left }).toEqual({ ...where, left: [] })
          counts.unnoted++
        } else {
          const isAbsent = isNothing && named.length > 0
          const noted = left.filter((row) => row.subject === subject && (!isAbsent || row.outcome === 'not-found'))
          expect({ ...where, noted: noted.length > 0 || (isAbsent && left.some((row) => row.subject === subject)) }).toEqual({
            ...where,
            noted: true,
          })
          if (isAbsent && left.every(({ outcome }) => outcome === 'not-found'))
            for (const id of named)
              expect({ ...where, ids: left.flatMap(({ subject_ids, practice_id }) => [...subject_ids, practice_id]) }).toEqual({
                ...where,
                ids: expect.arrayContaining([id]),
              })
        }
        for (const { outcome } of left) counts[outcome as 'denied']++
      }
    }
  }
  process.stderr.write(`audit of ${roots.length} root fields: ${JSON.stringify(counts)}\n`)
}, 900_000)
