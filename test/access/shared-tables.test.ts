// What belongs to no practice: which tables, who reads them, and that nothing a chart says in its own words gets there.
import { rmSync } from 'node:fs'
import { everyDatabaseRole } from '@carecommons/access'
import { openDatabase } from '@carecommons/database'
import { entities } from '@carecommons/domain'
import { Client } from 'pg'
import { filesNamed, runImport } from '../../services/cli/src/import-command.ts'
import type { Commons } from '../../services/cli/src/open-commons.ts'
import { a1c, diabetes, encounter, folderOf, patient, type Resource } from '../conformance/import/resources.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { tablesWithoutPractice } from './matrix/tables-without-practice.ts'

let api: TestApi
let login: Client
beforeAll(async () => {
  api = await openTestApi()
  login = new Client(api.appUrl)
  await login.connect()
})
afterAll(async () => {
  await login.end()
  await api.close()
})

const withoutPractice = entities.filter(({ meta }) => !('practiceId' in meta.properties)).map(({ meta }) => meta.tableName as string)

test('every table whose rows belong to no practice is known by name, with its reason', () => {
  expect(withoutPractice.toSorted()).toEqual(Object.keys(tablesWithoutPractice).sort())
})

test.each(Object.entries(tablesWithoutPractice))('%s is read by the roles that need it and no other', async (table, [, readers]) => {
  const able = await api.sql('select role from unnest($1::text[]) role where has_any_column_privilege(role, $2, $3)', [
    everyDatabaseRole,
    `public.${table}`,
    'select',
  ])
  expect(able.map(({ role }) => role.replace('commons_', '')).sort()).toEqual(readers.split(' ').sort())
})

/** What the application's login reads of codes as a role. */
async function codesRead(role: string, settings: Readonly<Record<string, string>> = {}): Promise<string[] | string> {
  await login.query('begin')
  try {
    await login.query(`set local role ${role}`)
    for (const [name, value] of Object.entries(settings)) await login.query('select set_config($1, $2, true)', [`commons.${name}`, value])
    return (await login.query<{ code: string }>('select code from code order by 1')).rows.map(({ code }) => code)
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await login.query('rollback')
  }
}

const RARE = { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E75.02' }
const SECRET = 'Secretwords'
const own = { practice: 'alder', chart: 'patient-00' }

/** Everywhere that a chart may say something in words; each is another word. */
function wordyChart(): Record<string, readonly Resource[]> {
  let words = 0
  const secret = () => `${SECRET}${words++}`
  const concept = (coding: object) => ({ coding: [{ ...coding, display: secret() }], text: secret() })
  const loinc = (code: string) => concept({ system: 'http://loinc.org', code })
  const subject = { reference: `Patient/${own.chart}` }
  return {
    'Condition.ndjson': [
      diabetes('wordy-1', own.chart, { code: concept({ system: 'http://snomed.info/sct', code: '44054006' }), note: [{ text: secret() }] }),
      diabetes('wordy-2', own.chart, { code: concept(RARE), text: { status: 'generated', div: `<div>${secret()}</div>` } }),
      diabetes('wordy-3', own.chart, { code: { text: secret() } }),
    ],
    'Observation.ndjson': [
      a1c('wordy-4', own.chart, 7, { code: loinc('4548-4') }),
      a1c('wordy-5', own.chart, 7, { code: loinc('72166-2'), valueQuantity: undefined, valueCodeableConcept: concept({ code: 'smokes' }) }),
      a1c('wordy-6', own.chart, 7, { code: loinc('48767-8'), valueQuantity: undefined, valueString: secret() }),
    ],
    'Encounter.ndjson': [
      encounter('wordy-7', own.chart, {
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH', display: secret() },
        type: [concept({ code: 'visit' })],
      }),
    ],
    'MedicationRequest.ndjson': [
      {
        resourceType: 'MedicationRequest',
        id: 'wordy-8',
        status: 'active',
        intent: 'order',
        subject,
        medicationReference: { reference: '#inside', display: secret() },
        contained: [{ resourceType: 'Medication', id: 'inside', code: concept({ code: 'powder' }) }],
      },
    ],
    'Coverage.ndjson': [
      {
        resourceType: 'Coverage',
        id: 'wordy-9',
        status: 'active',
        beneficiary: subject,
        payor: [{ reference: 'RelatedPerson/1', display: secret() }],
      },
    ],
    'Patient.ndjson': [
      patient('wordy', {
        name: [{ family: secret(), given: [secret()] }],
        address: [{ line: [secret()], city: secret() }],
        managingOrganization: undefined,
      }),
    ],
  }
}

async function importInto(practice: string, files: Record<string, readonly Resource[]>): Promise<number> {
  const folder = folderOf(files)
  const database = openDatabase(api.appUrl)
  const commons: Commons = { install: { appUrl: api.appUrl } as Commons['install'], database, close: () => database.close() }
  try {
    const { counts, rejections } = await runImport(commons, await filesNamed([folder]), { practice }, false)
    expect(rejections).toEqual([])
    return Object.values(counts).reduce((all, { created }) => all + created, 0)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}

describe('two practices with the same codes', () => {
  beforeAll(async () => {
    const wordy = wordyChart()
    expect(await importInto('alder', wordy)).toBe(Object.values(wordy).flat().length)
    // The same codes without a word: whatever is said of them is somebody else's.
    await importInto('birch', {
      'Condition.ndjson': [
        diabetes('bare-1', own.chart, { code: { coding: [{ system: 'http://snomed.info/sct', code: '44054006' }] } }),
        diabetes('bare-2', own.chart, { code: { coding: [RARE], text: 'In words of Birch' } }),
      ],
    })
  }, 60_000)

  const PROBLEMS =
    'query ($id: ID!) { patient(id: $id) { problems { id text code system } medications { id text } encounters { id text class } } }'
  const readChart = async (user: 'alderClinician' | 'birchClinician', practice: 'alder' | 'birch') => {
    const { data, errors } = await (await api.signedIn(user)).ask(PROBLEMS, { id: api.world.charts[practice][0] })
    expect(errors).toEqual([])
    return data.patient
  }
  const named = (entries: readonly { id: string }[], id: string) => entries.find((entry) => entry.id === id)

  test('each reads its own words and never the other’s', async () => {
    const alder = await readChart('alderClinician', 'alder')
    // Of a concept the text comes first, then the name of a code.
    expect(named(alder.problems, 'wordy-1')).toEqual({
      id: 'wordy-1',
      text: `${SECRET}1`,
      code: '44054006',
      system: 'http://snomed.info/sct',
    })
    expect(named(alder.problems, 'wordy-3')).toMatchObject({ text: expect.stringMatching(SECRET), code: null })
    expect(named(alder.medications, 'wordy-8')).toMatchObject({ text: expect.stringMatching(SECRET) })
    expect(named(alder.encounters, 'wordy-7')).toMatchObject({ text: expect.stringMatching(SECRET), class: 'HH' })
    const birch = await readChart('birchClinician', 'birch')
    expect(named(birch.problems, 'bare-1')).toEqual({ id: 'bare-1', text: '44054006', code: '44054006', system: 'http://snomed.info/sct' })
    expect(named(birch.problems, 'bare-2')).toMatchObject({ text: 'In words of Birch', code: RARE.code })
    expect(JSON.stringify(birch)).not.toContain(SECRET)
  })

  test('a chart’s words stand in no table without a practice', async () => {
    const holding = async (table: string): Promise<number> =>
      (await api.sql(`select count(*)::int as rows from "${table}" t where t::text ilike '%${SECRET}%'`))[0]!.rows
    for (const table of withoutPractice) expect({ table, rows: await holding(table) }).toEqual({ table, rows: 0 })
    // They are somewhere: this would find them.
    expect(await holding('resource_version')).toBeGreaterThan(5)
  })

  test('hardening 20, 21: payer, region, door, feed and auditor read no code at all; who reads charts reads what the product follows', async () => {
    const { alder, birch } = api.world.practices
    for (const role of ['payer', 'region', 'door', 'feed', 'auditor', 'sealer'])
      expect({ role, read: await codesRead(`commons_${role}`, { payer_id: api.world.payers.pine, practice_id: alder }) }).toEqual({
        role,
        read: '42501',
      })
    const followed = (await api.sql('select code from code where followed order by 1')).map(({ code }) => code)
    expect(followed).toHaveLength(21)
    const settings = { practice_id: birch, practice_ids: `{${alder},${birch}}`, patient_id: api.world.charts.birch[0]! }
    for (const role of ['practice', 'care_manager', 'patient', 'grantee'])
      expect({ role, read: await codesRead(`commons_${role}`, settings) }).toEqual({ role, read: followed })
    expect(await codesRead('commons_worker')).toContain(RARE.code)
  })
})
