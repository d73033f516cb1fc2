// Who sees which record of a chart, in any state of consents, grants and emergencies, against an oracle that knows the rules and no SQL.
import { newId } from '@carecommons/kernel'
import { array, assert, asyncProperty, constantFrom, record, subarray } from 'fast-check'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import type { UserKey } from '../support/world.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261121)

/** Fields of a chart, the FHIR type behind each, and the name under which a grant shares it. */
const FIELDS = {
  problems: { type: 'Condition', category: 'problems' },
  medications: { type: 'MedicationRequest', category: 'medications' },
  allergies: { type: 'AllergyIntolerance', category: 'allergies' },
  immunizations: { type: 'Immunization', category: 'immunizations' },
  encounters: { type: 'Encounter', category: 'encounters' },
} as const
type Field = keyof typeof FIELDS
const fields = Object.keys(FIELDS) as Field[]
const labels = [null, 'part2', 'behavioral'] as const
type Label = (typeof labels)[number]

const viewers = {
  alderClinician: { at: 'alder', reaches: true, sensitive: true },
  alderAdministrator: { at: 'alder', reaches: true, sensitive: true },
  alderQualityLead: { at: 'alder', reaches: true, sensitive: false },
  careManager: { at: 'body', reaches: true, sensitive: true },
  birchClinician: { at: 'birch', reaches: false, sensitive: true },
  birchAdministrator: { at: 'birch', reaches: false, sensitive: true },
} as const satisfies Partial<Record<UserKey, object>>
type Viewer = keyof typeof viewers
const viewerKeys = Object.keys(viewers) as Viewer[]

/** A row stands now, was ended, or is past its end. */
const standing = constantFrom('open', 'open', 'ended', 'over')
const consent = record({
  category: constantFrom('part2', 'behavioral'),
  recipient: constantFrom('alder', 'birch', 'cedar', 'body'),
  standing,
})
const grant = record({
  recipient: constantFrom('birch', 'birch', 'cedar'),
  categories: subarray(
    fields.map((field) => FIELDS[field].category),
    { minLength: 1 },
  ),
  named: subarray(['part2', 'behavioral'] as const),
  standing,
})
const emergency = record({ by: constantFrom(...viewerKeys), standing })
const state = record({
  consents: array(consent, { maxLength: 4 }),
  grants: array(grant, { maxLength: 3 }),
  emergencies: array(emergency, { maxLength: 2 }),
})
type State = typeof state extends { generate(...args: never[]): { value: infer S } } ? S : never

let api: TestApi
let chart: string
const callers = new Map<Viewer, Caller>()
const memberships = new Map<Viewer, { id: string; user_id: string; organization_id: string }>()
let cases = 0

const wordOf = (field: Field, label: Label): string => `Word${field}${label ?? 'plain'}`

beforeAll(async () => {
  api = await openTestApi()
  chart = api.world.charts.alder[1]!
  const practice = api.world.practices.alder
  for (const field of fields)
    for (const label of labels)
      await api.sql(
        `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, starts_at, starts_on, value_text, sensitivity)
         values ($1, $2, $3, $4, 0, 'active', '2026-01-20T14:00:00Z', '2026-01-20', $5, $6)`,
        [practice, chart, FIELDS[field].type, `${field}-${label}`, wordOf(field, label), label],
      )
  await api.sql(
    `insert into patient_condition (practice_id, condition, patient_id, sensitivity) values ($1, 'depression', $2, 'behavioral')`,
    [practice, chart],
  )
  for (const viewer of viewerKeys) {
    callers.set(viewer, await api.signedIn(viewer))
    const [membership] = await api.sql(
      'select m.id, m.user_id, m.organization_id from membership m join app_user u on u.id = m.user_id where u.email = $1',
      [api.world.users[viewer].email],
    )
    memberships.set(viewer, membership as { id: string; user_id: string; organization_id: string })
  }
})
afterAll(async () => {
  await api.close()
  process.stdout.write(`consent: ${cases} cases, seed ${SEED}\n`)
})

const ENDS = {
  open: [`now() + interval '1 hour'`, 'null'],
  ended: [`now() + interval '1 hour'`, 'now()'],
  over: [`now() - interval '1 second'`, 'null'],
}

async function establish({ consents, grants, emergencies }: State): Promise<void> {
  const { alder, birch, cedar } = api.world.practices
  const ids: Record<string, string> = { alder, birch, cedar, body: api.world.coordinatingBody }
  await api.sql('delete from consent; delete from share_grant; delete from emergency_access')
  for (const one of consents) {
    const [expires, ended] = ENDS[one.standing as keyof typeof ENDS]
    await api.sql(
      `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                            recorded_by_name, recorded_at, expires_at, ended_at, idempotency_key)
       values ($1::uuid, $2, $3, 'sensitive', $4, $5, 'written', 'x', 'patient', '2026-01-01', 'x', $1::uuid, 'x', now(), ${expires}, ${ended}, $1::uuid::text)`,
      [newId(), alder, chart, one.category, ids[one.recipient]],
    )
  }
  for (const one of grants) {
    const [expires, ended] = ENDS[one.standing as keyof typeof ENDS]
    const types = fields.filter((field) => one.categories.includes(FIELDS[field].category)).map((field) => FIELDS[field].type)
    await api.sql(
      `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, granted_by, granted_by_name, granted_at,
                                expires_at, ended_at, idempotency_key)
       values ($1::uuid, $2, $3, $4, $5, $6, 'treatment', $1::uuid, 'x', now(), ${expires}, ${ended}, $1::uuid::text)`,
      [newId(), alder, chart, ids[one.recipient], [...one.categories, ...one.named], types],
    )
  }
  for (const one of emergencies) {
    const [expires, ended] = ENDS[one.standing as keyof typeof ENDS]
    const { id, user_id, organization_id } = memberships.get(one.by)!
    await api.sql(
      `insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at, ended_at)
       values ($1, $2, $3, $4, $5, 'x', $6, 'x', now(), ${expires}, ${ended})`,
      [newId(), alder, chart, user_id, id, organization_id],
    )
  }
}

/** The rules, said once more: what this viewer is to see of the chart; null when it is not there for them. */
function expected(viewer: Viewer, { consents, grants, emergencies }: State): Set<string> | null {
  const { at, reaches, sensitive } = viewers[viewer]
  const isOpen = (one: { standing: string }) => one.standing === 'open'
  const broke = emergencies.some((one) => isOpen(one) && one.by === viewer)
  const consented = (label: Label) => consents.some((one) => isOpen(one) && one.category === label && one.recipient === at)
  const shared = new Set<string>(
    grants.filter((one) => isOpen(one) && one.recipient === at).flatMap((one) => [...one.categories, ...one.named]),
  )
  if (!reaches && !broke && shared.size === 0) return null
  const seen = fields.flatMap((field) =>
    labels.flatMap((label) => {
      if (!reaches && !broke && !shared.has(FIELDS[field].category)) return []
      if (label === null) return wordOf(field, label)
      if (!sensitive) return []
      if (broke) return wordOf(field, label)
      if (!consented(label)) return []
      return reaches || shared.has(label) ? wordOf(field, label) : []
    }),
  )
  return new Set(seen)
}

const CHART = `query ($id: ID!) { patient(id: $id) { redisclosureNotice ${fields.map((field) => `${field} { text }`).join(' ')} }
  whyVisible(id: $id) { visible } }`
const LISTS = `{ depressed: patients(condition: "depression") { totalCount edges { node { id } } } found: patients(search: "Word") { totalCount } }`

test('every record shows exactly where the rules open it: labels, consents, grants, ends and emergencies in any combination', async () => {
  await assert(
    asyncProperty(state, async (now) => {
      await establish(now)
      for (const viewer of viewerKeys) {
        cases++
        const caller = callers.get(viewer)!
        const due = expected(viewer, now)
        const { data, errors, text } = await caller.ask(CHART, { id: chart })
        expect({ viewer, errors }).toEqual({ viewer, errors: [] })
        expect({ viewer, visible: data.whyVisible.visible }).toEqual({ viewer, visible: due !== null })
        expect({ viewer, there: data.patient !== null }).toEqual({ viewer, there: due !== null })
        const words = [...new Set(text.match(/Word\w+/g) ?? [])].sort()
        expect({ viewer, words }).toEqual({ viewer, words: [...(due ?? [])].sort() })
        const isPart2 = [...(due ?? [])].some((word) => word.endsWith('part2'))
        expect({ viewer, notice: Boolean(data.patient?.redisclosureNotice) }).toEqual({ viewer, notice: isPart2 })
        // Lists, counts and search tell no more than the chart does.
        const lists = (await caller.ask(LISTS)).data
        const depressed = viewers[viewer].reaches && due!.has(wordOf('problems', 'behavioral')) ? 1 : 0
        expect({
          viewer,
          counted: lists.depressed.totalCount,
          listed: lists.depressed.edges.length,
          found: lists.found.totalCount,
        }).toEqual({
          viewer,
          counted: depressed,
          listed: depressed,
          found: 0,
        })
      }
    }),
    { numRuns: 60, seed: SEED },
  )
}, 120_000)

test('the states drawn above hold every kind of case: nothing, all, and some of it', () => {
  const nothing = expected('birchClinician', { consents: [], grants: [], emergencies: [] })
  const all = expected('birchClinician', { consents: [], grants: [], emergencies: [{ by: 'birchClinician', standing: 'open' }] })
  const some = expected('birchClinician', {
    consents: [{ category: 'part2', recipient: 'birch', standing: 'open' }],
    grants: [{ recipient: 'birch', categories: ['problems'], named: ['part2', 'behavioral'], standing: 'open' }],
    emergencies: [{ by: 'birchAdministrator', standing: 'open' }],
  })
  expect(nothing).toBeNull()
  expect(all?.size).toBe(15)
  expect([...some!]).toEqual(['Wordproblemsplain', 'Wordproblemspart2'])
})
