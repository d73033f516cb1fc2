import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A resource as JSON; each of these is the smallest that FHIR R4 and the import take. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string }

export const patient = (id: string, more: object = {}): Resource => ({
  resourceType: 'Patient',
  id,
  identifier: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value: `MR-${id}` }],
  name: [{ use: 'official', family: 'Testperson', given: [id] }],
  gender: 'female',
  birthDate: '1960-04-17',
  managingOrganization: { reference: 'Organization/elm', display: 'Elm Street Practice' },
  ...more,
})

export const inPractice = (id: string, display = `Practice ${id}`): object => ({
  managingOrganization: { reference: `Organization/${id}`, display },
})

export const ssn = (value: string): object => ({ identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value }] })

/** A haemoglobin A1c in percent. */
export const a1c = (id: string, patientId: string, value = 7.1, more: object = {}): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4', display: 'Hemoglobin A1c/Hemoglobin.total in Blood' }] },
  subject: { reference: `Patient/${patientId}` },
  effectiveDateTime: '2020-05-03T09:30:00-05:00',
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  ...more,
})

export const encounter = (id: string, patientId: string, more: object = {}): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${patientId}` },
  period: { start: '2020-05-03T09:00:00-05:00', end: '2020-05-03T10:00:00-05:00' },
  ...more,
})

export const diabetes = (id: string, patientId: string, more: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '44054006', display: 'Diabetes mellitus type 2' }] },
  subject: { reference: `Patient/${patientId}` },
  onsetDateTime: '2015-02-01',
  ...more,
})

export type Text = string | Buffer | Resource

/** NDJSON; texts and bytes stand as they are. */
export const ndjson = (lines: readonly Text[], end = '\n'): Buffer =>
  Buffer.concat(
    lines.flatMap((line) => [
      Buffer.isBuffer(line) ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)),
      Buffer.from(end),
    ]),
  )

/** A folder with these files, gone with the machine's temporary files. */
export function folderOf(files: Readonly<Record<string, readonly Text[] | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'commons-import-'))
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), Buffer.isBuffer(content) ? content : ndjson(content as Text[]))
  return folder
}
