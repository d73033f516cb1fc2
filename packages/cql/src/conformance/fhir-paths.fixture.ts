import { fhirElement } from '../fhir/fhir-types.ts'
import type { StaticType } from '../elm/static-type.ts'
import type { ElmJson } from './random-elm.fixture.ts'

/** A way from a value to something in it: its type in CQL's words, and the ELM that goes there. */
export interface Path {
  readonly type: string
  readonly to: (from: ElmJson) => ElmJson
}

/** What random records hold, of the elements of the model. */
const elements: Readonly<Record<string, string>> = {
  Patient: 'birthDate gender active deceased',
  Observation: 'status code category effective value issued dataAbsentReason component interpretation',
  'Observation.Component': 'code value',
  Condition: 'clinicalStatus verificationStatus code onset abatement recordedDate category',
  Encounter: 'status class type period length reasonCode',
  Procedure: 'status code performed statusReason',
  MedicationRequest: 'status intent medication authoredOn doNotPerform reasonCode',
  CodeableConcept: 'coding text',
  Coding: 'system code display',
  Period: 'start end',
  Quantity: 'value unit code comparator',
}
const choices = 'Quantity CodeableConcept string boolean integer dateTime instant Period Age Duration'
  .split(' ')
  .map((name) => `FHIR.${name}`)

export const fhirName = (type: string): string =>
  type.replace(/^FHIR\./, '{http://hl7.org/fhir}').replace(/^System\./, '{urn:hl7-org:elm-types:r1}')
const step =
  (path: string) =>
  (source: ElmJson): ElmJson => ({ type: 'Property', path, source })
export const asType = (operand: ElmJson, type: string): ElmJson => ({ type: 'As', strict: false, operand, asType: fhirName(type) })

const known = new Map<string, readonly Path[]>()

/** Every path of up to two steps from a value of a FHIR type. */
export function pathsFrom(type: string): readonly Path[] {
  let found = known.get(type)
  if (!found) known.set(type, (found = [...single(type), ...single(type).flatMap(further)]))
  return found
}

const further = ({ type, to }: Path): Path[] => single(type).map((next) => ({ type: next.type, to: (from) => next.to(to(from)) }))

function single(type: string): Path[] {
  return (elements[type.replace('FHIR.', '')] ?? '').split(' ').flatMap((name) => {
    const of = name === '' ? undefined : fhirElement(type, name)?.type
    return of ? typed(of, step(name)) : []
  })
}

function typed(type: StaticType, to: Path['to']): Path[] {
  if (type.kind !== 'choice') return [{ type: type.text, to }]
  const wanted = type.choices.map(({ text }) => text).filter((text) => choices.includes(text))
  return [{ type: type.text, to }, ...wanted.map((text) => ({ type: text, to: (from: ElmJson) => asType(to(from), text) }))]
}
