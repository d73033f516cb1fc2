import { translate } from './front-end/translate.ts'
import type { ElmLibrary } from './front-end/translation.ts'
import type { MeasurePackage } from './package/measure-package.ts'
import { readPackage } from './package/read-package.ts'
import { libraryOf } from './small-measure.fixture.ts'

/** Stays of a hospital: every kind of scoring finds something in them. */
const cql = `library Stays version '1'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
parameter "Measurement Period" Interval<DateTime>
context Patient

define "Stays":
  [Encounter] E where E.status = 'finished' and E.period ends during day of "Measurement Period"
define "Emergency": "Stays" E where E.class.code = 'EMER'
define "Inpatient": "Stays" E where E.class.code = 'IMP'
define "Night": "Stays" E where hour from start of E.period >= 20
define "Long": "Stays" E where "Hours"(E) > 24
define "None": "Stays" E where false
define "All": [Encounter] E where E.period starts during "Measurement Period"
define "Followed": "All" E with "All" F such that F.period starts 30 days or less after end of E.period
define "Together": exists (collapse ("All" E return E.period) per day)
define function "Hours"(stay Encounter): duration in hours of stay.period
define function "Denominator Days"(stay Encounter): difference in days between start of stay.period and end of stay.period

define "Has Stays": exists "Stays"
define "Has Emergency": exists "Emergency"
define "Has Inpatient": exists "Inpatient"
define "Has None": exists "None"
define "Number of Stays": Count("Stays")
define function "All Hours"(): "Stays" E return all "Hours"(E)
define "Sex": Patient.gender
define "Broken": Message(exists "Stays", exists "Stays", '1', 'Error', 'nobody can tell')
define function "Is Night"(stay Encounter): hour from start of stay.period >= 20
define function "Kind"(stay Encounter): stay.class.code
define function "Time"(stay Encounter): stay.period
define "Times": "Stays" E return E.period
define "SDE Sex": Patient.gender
define "SDE Payer": [Coverage] C return { code: C.type, period: C.period }
`

let library: Promise<readonly ElmLibrary[]> | undefined

const translated = async (): Promise<readonly ElmLibrary[]> => {
  const translation = await translate([cql])
  if (!translation.ok) throw new Error(JSON.stringify(translation.problems))
  return translation.libraries
}

const code = (name: string): object => ({ coding: [{ code: name }] })
/** `id: code: definition`. */
const population = (text: string): object => {
  const [id, kind, expression] = text.split(': ')
  return { id, code: code(kind!), criteria: { expression } }
}
const observation = (text: string, aggregate: string, observes: string): object => ({
  ...population(text),
  extension: [
    { url: 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-aggregateMethod', valueString: aggregate },
    { url: 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-criteriaReference', valueString: observes },
  ],
})
export const parts = { code, population, observation }

const basis = 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-populationBasis'

/** A measure over the library of stays. */
export async function ownMeasure(
  scoring: string,
  populationBasis: 'boolean' | 'Encounter',
  group: readonly object[],
): Promise<MeasurePackage> {
  const libraries = await (library ??= translated())
  const measure = {
    ...{ resourceType: 'Measure', id: 'own', url: 'https://example.org/Measure/own', version: '1', name: 'Own' },
    ...{ library: ['https://example.org/Library/Stays'], scoring: code(scoring), group },
    extension: [{ url: basis, valueCode: populationBasis }],
    supplementalData: ['Sex', 'Payer'].map((name) => ({ id: `sde-${name.toLowerCase()}`, criteria: { expression: `SDE ${name}` } })),
  }
  const resources = [measure, ...libraries.map((elm) => libraryOf(elm.identifier.id, elm))]
  const reading = readPackage({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.package
}
