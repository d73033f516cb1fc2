// Packages, drafts, trials, comparisons, decks, terms, what registries are counted by, and runs are the coordinating body's: asked by everybody else at every root that the
// schema has of them, by ids that are there and by ids that are not, nothing is found, told or changed.
import { buildApiSchema } from '@carecommons/api'
import type { DoorRule } from '@carecommons/domain/graphql'
import { openTestApi, type TestApi } from '../support/api.ts'
import { type Asker, plantSessions, plantSystems, standingCaller, systemKeys } from '../support/standing-sessions.ts'
import { isStream, subscribe } from '../support/stream.ts'
import type { UserKey } from '../support/world.ts'
import { question, type Root, rootsOf } from './matrix/questions.ts'

const SUBJECTS = ['MeasurePackage', 'MetricRun']
const MISSING = '00000000-0000-4000-8000-000000000000'
const TABLES =
  'registry_term registry_package metric_run measure_package measure_term strata_term measure_draft draft_trial package_comparison deck_check job'.split(
    ' ',
  )

const schema = buildApiSchema()
const isOfAnalyst = (field: { readonly extensions: unknown }): boolean => {
  const door = (field.extensions as { readonly door?: DoorRule }).door
  if (typeof door !== 'object') return false
  return SUBJECTS.includes(door.subject) || (door.subject === 'Registry' && door.action !== 'read')
}
const roots = rootsOf(schema).filter(({ field }) => isOfAnalyst(field))
const streams = Object.values(schema.getSubscriptionType()!.getFields()).filter(isOfAnalyst)

const others: readonly Asker[] = [
  ...(['alderClinician', 'alderAdministrator', 'alderQualityLead', 'alderStaff', 'birchClinician', 'alderPatient', 'careManager'] as const),
  ...(['careSupervisor', 'workforceManager', 'identitySteward', 'pineAnalyst', 'quillAnalyst'] as const satisfies readonly UserKey[]),
  ...systemKeys,
]

let api: TestApi
/** Of every kind something that is there, by the word that a root's arguments call it. */
let there: Readonly<Record<string, string>>
beforeAll(async () => {
  api = await openTestApi()
  await plantSystems(api)
  await plantSessions(api)
  const [found] = await api.sql('select hash, measure_id as measure from measure_package limit 1')
  const [user] = await api.sql('select id from app_user limit 1')
  const hash = found!['hash'] as string
  const add = async (table: string, columns: string, values: string): Promise<string> =>
    (await api.sql(`insert into ${table} (id, ${columns}) values (uuidv7(), ${values}) returning id`))[0]!['id'] as string
  const at = `'${user!['id']}', now()`
  const asked = 'state, requested_by, requested_at'
  there = {
    ...{ hash, packageHash: hash, beforeHash: hash, afterHash: hash, measureId: found!['measure'] as string },
    ...{ run: api.world.runId, repeats: api.world.runId },
    draft: await add(
      'measure_draft',
      'title, description, improvement, cql, version, updated_by, updated_at',
      `'Seniors', 'x', 'increase', 'x', 1, ${at}`,
    ),
    comparison: await add(
      'package_comparison',
      `before_hash, after_hash, period_start, period_end, ${asked}`,
      `'${hash}', '${hash}', '2025-01-01', '2025-12-31', 'queued', ${at}`,
    ),
    deck: await add('deck_check', `package_hash, name, ${asked}`, `'${hash}', 'Deck', 'queued', ${at}`),
  }
})
afterAll(() => api.close())

const asked = (root: Root, id: string, isThere: boolean) => {
  const named = (name: string): string =>
    isThere ? (there[name] ?? id) : name.toLowerCase().includes('hash') ? 'no such package' : MISSING
  const filled: Record<string, unknown> = {}
  for (const { name } of root.field.args) if (name in there || name === 'first') filled[name] = name === 'first' ? 2 : named(name)
  const key = `analyst-${root.field.name}`
  return question(root, () => (isThere ? id : MISSING), { key, isOpen: () => true, filled, onType: () => undefined })
}
/** Something that is there, of whatever kind the root is of. */
const idFor = ({ name }: Root): string =>
  there[
    /draft|trial/i.test(name)
      ? 'draft'
      : /compar|packages$/i.test(name)
        ? 'comparison'
        : /deck/i.test(name)
          ? 'deck'
          : 'run'
  ]! // prettier-ignore

async function standing(): Promise<object> {
  const found: Record<string, unknown> = {}
  for (const table of TABLES) found[table] = await api.sql(`select md5(string_agg(t::text, '' order by t::text)) from ${table} t`)
  return found
}

test('the schema has such roots of every kind', () => {
  const names = roots.map(({ field }) => field.name)
  for (const one of [/package/i, /draft/i, /compar/i, /try/i, /deck/i, /^runs?$/, /strata/i, /terms/i, /startRun/, /registry/i])
    expect(names.filter((name) => one.test(name))).not.toEqual([])
  expect(names.length).toBeGreaterThan(20)
  expect(streams.map(({ name }) => name)).toContain('runsMoved')
})

test.each(roots.map((root) => [root.name, root] as const))('%s: nobody else finds anything', async (_, root) => {
  const before = await standing()
  const [real, missing] = [asked(root, idFor(root), true), asked(root, MISSING, false)]
  for (const asker of others) {
    const caller = standingCaller(api, asker)
    const answers = []
    for (const { query, variables } of [real, missing]) {
      const { data, errors } = await caller.ask(query, variables)
      expect({ asker, codes: [...new Set(errors.map(({ extensions }) => extensions['code']))] }).toEqual({ asker, codes: ['FORBIDDEN'] })
      expect(Object.values((data ?? {}) as object).filter((value) => value !== null)).toEqual([])
      answers.push(errors.map(({ message }) => message))
    }
    expect(answers[0]).toEqual(answers[1])
  }
  expect(await standing()).toEqual(before)
  // The question is one that the analyst is not turned away with.
  const codes = (await standingCaller(api, 'analyst').ask(real.query, real.variables)).errors.map(({ extensions }) => extensions['code'])
  expect(codes).not.toContain('FORBIDDEN')
  expect(codes).not.toContain('GRAPHQL_VALIDATION_FAILED')
})

test.each(streams.map(({ name }) => name))('%s: nobody else is told anything', async (name) => {
  for (const asker of others) {
    const answer = await subscribe(standingCaller(api, asker), `subscription { ${name} { __typename } }`)
    expect({ asker, isTold: isStream(answer) }).toEqual({ asker, isTold: false })
    if (!isStream(answer)) expect(answer.errors[0]!.extensions['code']).toBe('FORBIDDEN')
  }
})
