// Lines that are strange but right: they land byte for byte, and the projections bear them.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { openRegion, type Region } from './import/region.ts'
import { a1c, diabetes, encounter, folderOf, ndjson, patient, type Resource } from './import/resources.ts'

/** So many characters that no compression makes them short. */
const noise = (seed: string, length: number): string =>
  Array.from({ length: Math.ceil(length / 64) }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest('hex'))
    .join('')
    .slice(0, length)

let region: Region
beforeAll(async () => void (region = await openRegion()), 60_000)
afterAll(() => region?.close())

/** Imports these files and expects every line to land as it was written. */
async function expectToLand(files: Record<string, readonly (Resource | string)[]>): Promise<void> {
  const folder = folderOf(files)
  try {
    const outcome = await region.import(folder)
    expect(outcome.reports).toEqual([])
    const texts = Object.values(files).flatMap((lines) => lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))))
    const held = await region.sql<{ content: string }>(`select content from resource_version where content = any ($1)`, [texts])
    expect(held.map(({ content }) => content).toSorted()).toEqual(texts.toSorted())
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('whatever stands in a text', async () => {
  const words = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), { numRuns: 400, seed: 7 })
  const good = words.filter((word) => /^[^\x00-\x08\x0b\x0c\x0e-\x1f]*\S[^\x00-\x08\x0b\x0c\x0e-\x1f]*$/u.test(word))
  const tricky = [
    '\\.',
    '\\N',
    'a\tb\nc\rd',
    '{"',
    '"}',
    "'; drop table patient; --",
    '\u2028',
    '\u{10ffff}',
    '%s $1 {0}',
    '\\\\x00',
    '\u202ereversed',
    '🩺 ÅÄÖ ß ﷺ',
  ]
  const texts = [...tricky, ...good]
  await expectToLand({
    'Patient.ndjson': [
      patient('p1'),
      ...texts.map((text, index) =>
        patient(`t${index}`, {
          name: [{ family: text, given: [text, 'x'] }],
          telecom: [{ system: 'phone', value: text }],
          address: [{ line: [text], city: text }],
        }),
      ),
    ],
    'Observation.ndjson': texts.map((text, index) =>
      a1c(`t${index}`, 'p1', 7, { code: { text }, valueQuantity: undefined, valueString: text }),
    ),
    'Encounter.ndjson': texts.map((text, index) =>
      encounter(`t${index}`, 'p1', { type: [{ coding: [{ system: `urn:x:${encodeURIComponent(text)}`, code: 'x', display: text }] }] }),
    ),
  })
}, 60_000)

test('whatever is longer than anybody thought', async () => {
  await expectToLand({
    'Patient.ndjson': [
      patient('long-name', { name: [{ family: noise('family', 20_000), given: [noise('given', 9000)] }] }),
      patient('long-words', { name: [{ text: Array.from({ length: 3000 }, (_, index) => noise(`w${index}`, 12)).join(' ') }] }),
      patient('long-number', { identifier: [{ type: { coding: [{ code: 'MR' }] }, value: noise('mrn', 12_000) }] }),
      patient('many-numbers', {
        identifier: Array.from({ length: 2000 }, (_, index) => ({ system: 'http://hl7.org/fhir/sid/us-ssn', value: `${index}` })),
      }),
      patient('long-practice', { managingOrganization: { reference: 'Organization/long', display: noise('practice', 9000) } }),
    ],
    'Observation.ndjson': [
      a1c('long-code', 'long-name', 7, { code: { coding: [{ system: 'http://example.org', code: noise('code', 1900) }] } }),
      a1c('long-system', 'long-name', 7, { code: { coding: [{ system: `http://example.org/${noise('system', 1900)}`, code: 'x' }] } }),
      a1c('long-unit', 'long-name', 7, { valueQuantity: { value: 7, unit: noise('unit', 9000) } }),
      a1c('many-codes', 'long-name', 7, {
        code: { coding: Array.from({ length: 3000 }, (_, index) => ({ system: 'http://example.org', code: `many-${index}` })) },
      }),
      a1c('many-components', 'long-name', 7, {
        component: Array.from({ length: 5000 }, (_, index) => ({ code: { text: `${index}` }, valueInteger: index })),
      }),
    ],
    'Claim.ndjson': [claim('long-payer', 'long-name', noise('payer', 9000))],
    'CareTeam.ndjson': [
      {
        resourceType: 'CareTeam',
        id: 'team',
        status: 'active',
        subject: { reference: 'Patient/long-name' },
        participant: [{ role: [{ coding: [{ code: '171M00000X' }] }], member: { display: noise('manager', 9000) } }],
      },
    ],
  })
}, 60_000)

test('numbers and days at the edge', async () => {
  const numbers = [
    '0',
    '-0',
    '1E30',
    '1e-30',
    '-99999999999999999999999999999999999999',
    '0.00000000000000000000000000000000000001',
    '7.10',
  ]
  const days = [
    '0001',
    '0001-01',
    '0001-01-01',
    '9999',
    '9999-12',
    '9999-12-31',
    '2020-02-29',
    '2020-05-03T23:59:60Z',
    '2020-05-03T10:00:00.123456789012345678901234567890Z',
    '2020-05-03T00:00:00+14:00',
    '2020-05-03T00:00:00-12:00',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
  ]
  const text = (id: string, value: string) => JSON.stringify(a1c(id, 'edge')).replace('7.1', value)
  await expectToLand({
    'Patient.ndjson': [
      patient('edge', { birthDate: '0001-01-01' }),
      patient('edge-2', { birthDate: '9999-12-31', deceasedDateTime: '9999-12-31T23:59:60-12:00' }),
    ],
    'Observation.ndjson': [
      ...numbers.map((value, index) => text(`n${index}`, value)),
      ...days.map((effectiveDateTime, index) => a1c(`d${index}`, 'edge', 7, { effectiveDateTime })),
    ],
    'Condition.ndjson': days.map((onsetDateTime, index) =>
      diabetes(`d${index}`, 'edge', { onsetDateTime, abatementDateTime: onsetDateTime }),
    ),
    'Encounter.ndjson': days.map((start, index) => encounter(`d${index}`, 'edge', { period: { start, end: start } })),
    'Claim.ndjson': days.map((created, index) => ({
      ...claim(`d${index}`, 'edge', 'Edge Mutual'),
      created,
      billablePeriod: { start: created, end: created },
    })),
    'Coverage.ndjson': days.map((start, index) => ({
      resourceType: 'Coverage',
      id: `d${index}`,
      status: 'active',
      beneficiary: { reference: 'Patient/edge' },
      payor: [{ display: `Payer ${index}` }],
      period: { start },
    })),
  })
}, 60_000)

test('a file without a newline at its end, with CRLF, with a mark at its beginning, packed, empty', async () => {
  const people = ['plain', 'crlf', 'marked'].map((id) => patient(id))
  const lines = people.map((person) => JSON.stringify(person))
  const folder = folderOf({
    'a.ndjson': Buffer.from(lines[0]!),
    'b.ndjson': ndjson([lines[1]!], '\r\n'),
    'c.ndjson': Buffer.from(`\ufeff\n\n${lines[2]!}\n`),
    'd.ndjson': Buffer.alloc(0),
    'e.ndjson.gz': gzipSync(ndjson([a1c('o-plain', 'plain'), a1c('o-crlf', 'crlf')])),
    'notes.txt': Buffer.from('not ours'),
  })
  try {
    const outcome = await region.import(folder)
    expect(outcome).toMatchObject({ reports: [] })
    expect(outcome.counts.all).toMatchObject({ created: 5, lines: 5 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a packed file that is cut off lands up to the cut, and the cut is reported', async () => {
  const packed = gzipSync(ndjson(Array.from({ length: 20_000 }, (_, index) => a1c(`cut-${index}`, 'plain', index % 17))))
  const folder = folderOf({ 'Observation.ndjson.gz': packed.subarray(0, packed.length >> 1) })
  try {
    const outcome = await region.import(folder)
    expect(outcome.reports).toEqual([
      { file: join(folder, 'Observation.ndjson.gz'), line: expect.any(Number), reason: expect.stringContaining('cut off') },
    ])
    const { created, lines } = outcome.counts.all!
    expect(created).toBeGreaterThan(5000)
    expect([lines, outcome.reports[0]!.line]).toEqual([created + 1, created + 1])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function claim(id: string, patientId: string, payer: string): Resource {
  return {
    resourceType: 'Claim',
    id,
    status: 'active',
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }] },
    use: 'claim',
    patient: { reference: `Patient/${patientId}` },
    created: '2020-05-03T09:30:00-05:00',
    provider: { display: 'Elm Street Practice' },
    priority: { coding: [{ code: 'normal' }] },
    insurance: [{ sequence: 1, focal: true, coverage: { display: payer } }],
  }
}
