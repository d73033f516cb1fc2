/** What a new measure begins as: a whole one, to be changed. */
export const TEMPLATE: { title: string; description: string; improvement: 'INCREASE' | 'DECREASE'; cql: string } = {
  title: '',
  description: '',
  improvement: 'INCREASE',
  cql: `library NameOfTheMeasure version '1.0.0'

using FHIR version '4.0.1'

include FHIRHelpers version '4.0.1'
include ClinicalRecord version '1.0.0'

valueset "Visit Class": 'https://carecommons.example/fhir/ValueSet/visit-class'

parameter "Measurement Period" Interval<DateTime>

context Patient

// Who is looked at at all.
define "Initial Population":
  AgeInYearsAt(date from start of "Measurement Period") >= 65
    and ClinicalRecord."Alive Through"("Measurement Period")

define "Denominator":
  "Initial Population"

// For whom it was done.
define "Numerator":
  exists "Visits"

define "Visits":
  ([Encounter: class in "Visit Class"]).finishedDuring("Measurement Period")
`,
}
