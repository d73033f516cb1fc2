// Care is decided by need: nothing in risk reads who pays. Shown three ways: by its text, by a role that may not, and by changing who pays.
import { readdirSync, readFileSync } from 'node:fs'
import { openRiskFollower } from '@carecommons/domain'
import { clockAt } from '@carecommons/kernel'
import { openTestApi, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'

const FOLDER = new URL('../../packages/domain/src/modules/risk/', import.meta.url)
const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }))

/** Which of the domain's modules risk may ask, and for what. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '#modules/audit': ['keepEvent'],
  '#modules/patient': ['lockCharts'],
  '#modules/practice': ['allPractices'],
  '#modules/quality': ['LIVE_LOCK'],
  '#modules/work': ['NO_RUN_WAITS'],
  '#graphql/patient': ['PatientType'],
}
const MAY_READ = [
  ...[
    'clinical_fact',
    'code',
    'data_watermark',
    'jsonb_to_recordset',
    'patient_risk',
    'patient_summary',
    'resource_version',
    'risk_score',
    'unnest',
  ],
  ...['chart', 'consent', 'risk_calibration', 'risk_outcome', 'tier_override'],
]
/** Kinds of record of which the text itself may be read: money is in others. */
const MAY_OPEN = ['Condition', 'Encounter', 'Observation']

/** What in a source could reach who pays. */
function faults(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const found: string[] = []
  for (const [, names, from] of code.matchAll(/import (?:type )?\{([^}]*)\} from '(#[^']+)'/g))
    for (const name of names!.split(',').map((one) => one.trim().replace(/^type /, '')))
      if (name !== '' && !from!.startsWith('#shared/') && !MAY_IMPORT[from!]?.includes(name)) found.push(`imports ${name} of ${from}`)
  for (const [, table] of code.matchAll(/\b(?:from|join|into|update|using) "?([a-z_]+)"?(?= |\n|\()/g))
    if (!MAY_READ.includes(table!) && !/^(the|it|a|hospital|set)$/.test(table!)) found.push(`names ${table}`)
  for (const [, kind] of code.matchAll(/\.type = '([^']+)'/g)) if (!MAY_OPEN.includes(kind!)) found.push(`opens ${kind}`)
  for (const [word] of code.matchAll(/\b(coverage\w*|payer\w*|payor\w*|insur\w*|claims?|ExplanationOfBenefit|QMB|medicare|medicaid)\b/gi))
    found.push(`says ${word}`)
  return found
}

test('no source of it imports, names or opens anything that says who pays', () => {
  expect(sources.length).toBeGreaterThan(12)
  for (const { name, text } of sources) expect({ name, faults: faults(text) }).toEqual({ name, faults: [] })
})

test.each([
  [`import { coverageOf } from '#modules/patient'`, ['imports coverageOf of #modules/patient', 'says coverageOf']],
  [`import { PayerScore } from '#modules/quality'`, ['imports PayerScore of #modules/quality', 'says PayerScore']],
  ['sql`select payer_id from coverage v`', ['names coverage', 'says payer_id', 'says coverage']],
  ['sql`select 1 from run_member m join patient_risk r on true`', ['names run_member']],
  [`sql\`select v.content from resource_version v where v.type = 'Claim'\``, ['opens Claim', 'says Claim']],
])('planted, it is refused: %s', (source, expected) => {
  expect(faults(source)).toEqual(expected)
})

describe('at work', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi()
  })
  afterAll(() => api.close())

  const scores = async () => {
    await api.sql(`update patient_risk set worked_out_on = '-infinity'`)
    const follower = openRiskFollower(api.world.database, clockAt(NOW), 'America/New_York')
    for (let done = -1; done !== 0;) done = await follower.follow()
    return [
      await api.sql('select * from risk_score order by 1, 2, 3'),
      await api.sql('select patient_id, risk_rank from patient_summary order by 1'),
    ]
  }
  const TABLES = 'coverage, payer_evidence, payer_score, payer_performance, run_member'

  test('a role without any right to who pays works out the same, and would be refused if it looked', async () => {
    const before = await scores()
    expect(before[0]!.length).toBeGreaterThan(100)
    await api.sql(`revoke all on ${TABLES} from commons_worker`)
    const looking = api.world.database.within({ kind: 'worker', practiceIds: [api.world.practices.alder] }, ({ db }) =>
      db.selectFrom('coverage').select('payer_id').execute(),
    )
    await expect(looking).rejects.toThrow('permission denied')
    expect(await scores()).toEqual(before)
    await api.sql(`grant select, insert, update, delete on ${TABLES} to commons_worker`)
  })

  test('whoever pays, and whether anybody does, the scores are the same', async () => {
    const before = await scores()
    await api.sql('update coverage set payer_id = null')
    expect(await scores()).toEqual(before)
    await api.sql('delete from coverage')
    expect(await scores()).toEqual(before)
  })
})
