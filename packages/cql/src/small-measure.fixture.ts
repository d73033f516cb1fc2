import type { Chart, MeasurementPeriod } from './engine.ts'
import type { MeasurePackage } from './package/measure-package.ts'
import { readPackage } from './package/read-package.ts'

const type = (name: string): string => `{urn:hl7-org:elm-types:r1}${name}`
const literal = (name: string, value: string | number | boolean): object => ({
  type: 'Literal',
  valueType: type(name),
  value: String(value),
})

/** ELM by hand. */
export const elm = {
  integer: (value: number): object => literal('Integer', value),
  text: (value: string): object => literal('String', value),
  yes: literal('Boolean', true),
  list: (...element: object[]): object => ({ type: 'List', element }),
  ref: (name: string): object => ({ type: 'ExpressionRef', name }),
  /** Operators of one operand have it, others a list of them. */
  node: (name: string, ...operand: object[]): object => ({ type: name, operand: operand.length === 1 ? operand[0] : operand }),
  count: (source: object): object => ({ type: 'Count', source }),
}

/** A cohort measure of one library: `Initial Population` is among the definitions. */
function smallBundle(definitions: Readonly<Record<string, object>>): unknown {
  const def = Object.entries(definitions).map(([name, expression]) => ({ name, context: 'Patient', accessLevel: 'Public', expression }))
  const library = { identifier: { id: 'Logic', version: '1' }, statements: { def } }
  return {
    ...{ resourceType: 'Bundle', type: 'collection' },
    entry: [
      {
        resource: {
          ...{ resourceType: 'Measure', id: 'm', url: 'https://example.org/Measure/m', version: '1', name: 'Small' },
          ...{ library: ['https://example.org/Library/Logic'], scoring: { coding: [{ code: 'cohort' }] } },
          group: [
            {
              id: 'g',
              population: [{ code: { coding: [{ code: 'initial-population' }] }, criteria: { expression: 'Initial Population' } }],
            },
          ],
        },
      },
      { resource: libraryOf('Logic', library) },
    ],
  }
}

export const libraryOf = (id: string, library: object): object => ({
  ...{ resourceType: 'Library', id, name: id, version: '1', url: `https://example.org/Library/${id}` },
  content: [{ contentType: 'application/elm+json', data: Buffer.from(JSON.stringify({ library })).toString('base64') }],
})

export function smallMeasure(definitions: Readonly<Record<string, object>>): MeasurePackage {
  const reading = readPackage(smallBundle(definitions))
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.package
}

export const somebody: Chart = { id: 'p', resources: ['{"resourceType":"Patient","id":"p","birthDate":"1970-01-01"}'] }
export const year: MeasurementPeriod = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 }
