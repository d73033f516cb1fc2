// Whose chart it is: people known to two practices, ids that two systems both gave out, assignments by file, the named practice.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportOptions } from '../../services/cli/src/import-command.ts'
import { openRegion, type Region } from './import/region.ts'
import { a1c, encounter, folderOf, inPractice, patient, type Resource, ssn } from './import/resources.ts'

let region: Region
beforeEach(async () => void (region = await openRegion()), 60_000)
afterEach(() => region?.close())

async function importFiles(files: Record<string, readonly Resource[]>, options: ImportOptions = {}) {
  const folder = folderOf(files)
  try {
    return await region.import(folder, options)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Charts as `practice patient`, grouped by the human they are of. */
async function humans(): Promise<string[][]> {
  const rows = await region.sql<{ charts: string[] }>(
    `select array_agg(o.slug || ' ' || p.fhir_id order by o.slug, p.fhir_id) as charts from patient p join organization o on o.id = p.practice_id
      group by p.person_id order by 1`,
  )
  return rows.map(({ charts }) => charts)
}

/** Clinical resources as `practice patient resource`. */
async function clinical(): Promise<string[]> {
  const rows = await region.sql<{ row: string }>(
    `select o.slug || ' ' || p.fhir_id || ' ' || v.fhir_id as row from resource_version v join patient p on p.id = v.patient_id
       join organization o on o.id = v.practice_id where v.type <> 'Patient' order by 1`,
  )
  return rows.map(({ row }) => row)
}

test('charts of two practices share a person by strong identifier and birth date, and by nothing less', async () => {
  const one = { birthDate: '1950-02-03', ...ssn('999-11-2222') }
  const outcome = await importFiles({
    'Patient.ndjson': [
      patient('a1', { ...one, ...inPractice('ash') }),
      patient('b1', { ...one, ...ssn('999112222'), ...inPractice('birch') }),
      patient('b2', { ...one, birthDate: '1950-02-04', ...inPractice('birch') }),
      patient('b3', { ...one, birthDate: '1950-02', ...inPractice('birch') }),
      patient('b4', { birthDate: '1950-02-03', ...inPractice('birch') }),
      patient('b5', { ...inPractice('birch'), identifier: patient('a1')['identifier'] }),
    ],
  })
  expect(outcome.counts.all).toMatchObject({ created: 6, rejected: 0 })
  expect(await humans()).toEqual([
    ['practice-ash a1', 'practice-birch b1'],
    ['practice-birch b2'],
    ['practice-birch b3'],
    ['practice-birch b4'],
    ['practice-birch b5'],
  ])
  await importFiles({ 'Patient.ndjson': [patient('c1', { ...one, ...inPractice('cedar') })] })
  expect((await humans())[0]).toEqual(['practice-ash a1', 'practice-birch b1', 'practice-cedar c1'])
  expect(await region.sql('select 1 from person where id not in (select person_id from patient)')).toEqual([])
})

describe('two practices gave out the same patient id', () => {
  beforeEach(async () => {
    await importFiles({ 'Patient.ndjson': [patient('ash-only', inPractice('ash')), patient('birch-only', inPractice('birch'))] })
    const chart = (name: string): Record<string, Resource[]> => ({
      'Patient.ndjson': [patient('1001', { name: [{ family: name }] })],
      'Observation.ndjson': [a1c(`o-${name}`, '1001')],
      'Encounter.ndjson': [encounter('e1', '1001')],
    })
    for (const name of ['ash', 'birch']) {
      const outcome = await importFiles(chart(name), { practice: `practice-${name}` })
      expect(outcome).toMatchObject({ reports: [], counts: { all: { created: 3 } } })
    }
  }, 60_000)

  test('hardening 11: imported each with its practice they stay apart, whatever resource ids they share', async () => {
    expect(await clinical()).toEqual([
      'practice-ash 1001 e1',
      'practice-ash 1001 o-ash',
      'practice-birch 1001 e1',
      'practice-birch 1001 o-birch',
    ])
    expect(await humans()).toHaveLength(4)
  })

  test('without naming the practice the lines are reported, for nobody can tell whose they are', async () => {
    const outcome = await importFiles({ 'Observation.ndjson': [a1c('o9', '1001'), a1c('o10', 'ash-only')] })
    expect(outcome).toMatchObject({ reports: [{ line: 1, reason: expect.stringContaining('several practices know this patient id') }] })
    expect(outcome.counts.all).toMatchObject({ created: 1, rejected: 1 })
    expect(await clinical()).not.toContainEqual(expect.stringContaining('o9'))
  })

  test('with a file that assigns the patient they land in that practice', async () => {
    const folder = folderOf({ 'Observation.ndjson': [a1c('o9', '1001')] })
    writeFileSync(join(folder, 'by.csv'), 'patient_id,pcp_org_id\n1001,birch\n')
    const outcome = await region.import(folder, { practicesBy: join(folder, 'by.csv') })
    rmSync(folder, { recursive: true })
    expect(outcome).toMatchObject({ reports: [] })
    expect(await clinical()).toContain('practice-birch 1001 o9')
  })
})

test('with a practice named, lines of other practices’ patients are reported and never land', async () => {
  await importFiles({ 'Patient.ndjson': [patient('mine', inPractice('ash')), patient('theirs', inPractice('birch'))] })
  const outcome = await importFiles({ 'Observation.ndjson': [a1c('o1', 'mine'), a1c('o2', 'theirs')] }, { practice: 'practice-ash' })
  expect(outcome).toMatchObject({ reports: [{ line: 2, reason: expect.stringContaining('neither in these files nor among the charts') }] })
  expect(await clinical()).toEqual(['practice-ash mine o1'])
})

test('a patient who moved has a chart in each practice, one person, and new records in the new one', async () => {
  const folder = folderOf({ 'Patient.ndjson': [patient('p1', ssn('999-11-3333'))], 'Observation.ndjson': [a1c('o1', 'p1')] })
  const assign = (practice: string) =>
    writeFileSync(join(folder, 'by.csv'), `patient_id,pcp_org_id,pcp_org_name\np1,${practice},Practice ${practice}\n`)
  assign('ash')
  await region.import(folder, { practicesBy: join(folder, 'by.csv') })
  assign('birch')
  const outcome = await region.import(folder, { practicesBy: join(folder, 'by.csv') })
  rmSync(folder, { recursive: true })
  expect(outcome).toMatchObject({ reports: [], counts: { all: { created: 2 } } })
  expect(await humans()).toEqual([['practice-ash p1', 'practice-birch p1']])
  expect(await clinical()).toEqual(['practice-ash p1 o1', 'practice-birch p1 o1'])
})

test('what cannot be done at all is said in a sentence, ends with 1, and leaves nothing behind', async () => {
  const folder = folderOf({ 'Patient.ndjson': [patient('p1')], 'readme.txt': [] })
  const csv = join(folder, 'by.csv')
  const oddFolder = folderOf({})
  mkdirSync(join(oddFolder, 'old.ndjson'))
  writeFileSync(csv, 'person,practice\np1,ash\n')
  const cases: [string[], RegExp][] = [
    [['/nowhere/at/all'], /There is no file or folder \/nowhere\/at\/all\./],
    [[folderOf({ 'readme.txt': [] })], /holds no file named/],
    [[oddFolder], /holds no file named/],
    [[folder, '--practice', 'elm-street'], /No practice has the short name "elm-street"/],
    [[folder, '--practices-by', join(folder, 'absent.csv')], /absent\.csv/],
    [[folder, '--practices-by', csv], /patient_id/],
    [[], /missing required argument/],
  ]
  for (const [args, words] of cases) {
    const outcome = await region.command(...args)
    expect(outcome.stderr).toMatch(words)
    expect(outcome.stderr).not.toMatch(/\n +at /)
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
  }
  rmSync(folder, { recursive: true })
  for (const table of ['region', 'organization', 'patient', 'import_run']) expect(await region.sql(`select * from ${table}`)).toEqual([])
}, 60_000)

test('two imports of one folder at once: the second waits, says so, and finds nothing to do', async () => {
  const people = Array.from({ length: 300 }, (_, index) => patient(`p${index}`, inPractice(`x${index % 7}`)))
  const folder = folderOf({
    'Patient.ndjson': people,
    'Observation.ndjson': people.flatMap(({ id }) => Array.from({ length: 30 }, (_, nth) => a1c(`${id}-${nth}`, id))),
  })
  const outcomes = await Promise.all([region.command(folder), region.command(folder)])
  rmSync(folder, { recursive: true })
  for (const outcome of outcomes) expect(outcome).toMatchObject({ code: 0, reports: [], counts: { all: { lines: 9300 } } })
  expect(outcomes.map(({ counts }) => counts.all!.created).toSorted((a, b) => a - b)).toEqual([0, 9300])
  const [held] = await region.sql(
    `select count(*)::int as versions, count(distinct (patient_id, type, fhir_id))::int as resources, count(distinct patient_id)::int as charts from resource_version`,
  )
  expect(held).toEqual({ versions: 9300, resources: 9300, charts: 300 })
  expect(await region.sql('select 1 from region')).toHaveLength(1)
}, 90_000)

test('an organization that comes after its patients gives its practice and its payer their names; given names stay', async () => {
  const claim = (id: string, payer: string): Resource => ({
    resourceType: 'Coverage',
    id,
    status: 'active',
    beneficiary: { reference: 'Patient/p1' },
    payor: [{ reference: `Organization/${payer}` }],
    period: { start: '2020-01-01' },
  })
  await importFiles({
    'Patient.ndjson': [
      patient('p1', { managingOrganization: { reference: 'Organization/fir' } }),
      patient('p2', { managingOrganization: { reference: 'Organization/oak', display: 'Oak Street Practice' } }),
    ],
    'Coverage.ndjson': [claim('v1', 'm1')],
  })
  const names = `select kind, name, city, slug from organization where kind <> 'coordinating-body' order by kind desc, slug`
  expect(await region.sql(names)).toMatchObject([{ name: 'fir' }, { name: 'Oak Street Practice' }, { name: 'm1' }])
  const organization = (id: string, name: string): Resource => ({ resourceType: 'Organization', id, name, address: [{ city: 'Elmhurst' }] })
  await importFiles({
    'Organization.ndjson': [
      organization('fir', 'Fir Lane Practice'),
      organization('oak', 'OAK ST PRACT LLC'),
      organization('m1', 'First Mutual'),
    ],
  })
  expect(await region.sql(names)).toEqual([
    { kind: 'practice', name: 'Fir Lane Practice', city: 'Elmhurst', slug: 'fir' },
    { kind: 'practice', name: 'Oak Street Practice', city: null, slug: 'oak-street-practice' },
    { kind: 'payer', name: 'First Mutual', city: 'Elmhurst', slug: 'm1' },
  ])
})
