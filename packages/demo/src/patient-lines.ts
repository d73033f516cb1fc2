import type { ChartPen } from './chart-pen.ts'
import { type Code, coding, concept, SYSTEM, TEST_DATA } from './codes.ts'
import { SELF_PAY } from './coverage.ts'
import type { Payer, Practice } from './directory.ts'
import { PAYER_PLANS } from './payers.ts'
import type { Person, Race } from './person.ts'

const CDC_RACE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race'
const CDC_ETHNICITY = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity'
const CDC = 'urn:oid:2.16.840.1.113883.6.238'

/** US Core Sex, which published measures ask for; the codes are its own. */
const SEX: Readonly<Record<Person['sex'], string>> = {
  female: '{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex","valueCode":"248152002"}',
  male: '{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex","valueCode":"248153007"}',
}

const demographic = (url: string, level: 'ombCategory' | 'detailed', code: string, display: string): string =>
  `{"url":"${url}","extension":[{"url":"${level}","valueCoding":{"system":"${CDC}","code":"${code}","display":"${display}"}},{"url":"text","valueString":"${display}"}]}`

const RACES: Readonly<Record<Race, string>> = {
  white: demographic(CDC_RACE, 'ombCategory', '2106-3', 'White'),
  black: demographic(CDC_RACE, 'ombCategory', '2054-5', 'Black or African American'),
  asian: demographic(CDC_RACE, 'ombCategory', '2028-9', 'Asian'),
  native: demographic(CDC_RACE, 'ombCategory', '1002-5', 'American Indian or Alaska Native'),
  other: demographic(CDC_RACE, 'detailed', '2131-1', 'Other Race'),
}
const HISPANIC = demographic(CDC_ETHNICITY, 'ombCategory', '2135-2', 'Hispanic or Latino')
const NOT_HISPANIC = demographic(CDC_ETHNICITY, 'ombCategory', '2186-5', 'Not Hispanic or Latino')

const table0203 = (code: string, display: string): string => concept([['http://terminology.hl7.org/CodeSystem/v2-0203', code, display]])
const RECORD_NUMBER = table0203('MR', 'Medical record number')
const SOCIAL_SECURITY = table0203('SS', 'Social Security number')

/** Record numbers start anew in each practice: the same number stands for different people in two of them. */
export function writePatient(pen: ChartPen, person: Person, practice: Practice, home: Practice, recordNumber: number): void {
  const identifiers =
    `{"use":"usual","type":${RECORD_NUMBER},"system":"https://carecommons.example/practices/${practice.slug}/record-number","value":"${recordNumber}"},` +
    `{"use":"official","type":${SOCIAL_SECURITY},"system":"${SYSTEM.ssn}","value":"${person.ssn}"}`
  const death = person.death === null ? '' : `"deceasedDateTime":"${pen.days.instant(person.death, DEATH_MINUTE)}",`
  pen.put(
    'Patient',
    pen.patientId,
    `${TEST_DATA},"extension":[${RACES[person.race]},${person.hispanic ? HISPANIC : NOT_HISPANIC},${SEX[person.sex]}],"identifier":[${identifiers}],` +
      `"active":${person.death === null},"name":[{"use":"official","family":"${person.family}","given":["${person.given}","${person.middle}"]}],` +
      `"telecom":[{"system":"phone","value":"${person.phone}","use":"home"}],"gender":"${person.sex}","birthDate":"${pen.days.text(person.birth)}",${death}` +
      `"address":[{"use":"home","line":["${person.street}"],"city":"${home.city}","state":"${home.state}","postalCode":"${home.postalCode}","country":"US"}],` +
      `"communication":[{"language":${ENGLISH},"preferred":true}],` +
      `"generalPractitioner":[{"reference":"${pen.clinician}"}],"managingOrganization":{"reference":"Organization/${practice.id}"}`,
  )
}

/** Late in the evening, so that a visit on the last day comes before it. */
const DEATH_MINUTE = 23 * 60 + 30
const ENGLISH = concept([['urn:ietf:bcp:47', 'en', 'English']])

const payment = (code: string, display: string): Code => ['payment', code, display]
const TYPES = PAYER_PLANS.map((plan) => concept([payment(...plan.payment)]))
const SELF_PAY_TYPE = `{"coding":[${coding(['http://terminology.hl7.org/CodeSystem/coverage-selfpay', 'pay', 'Pay'])},${coding(payment('81', 'Self-pay'))}],"text":"Self-pay"}`
const RELATIONSHIP = {
  self: concept([['http://terminology.hl7.org/CodeSystem/subscriber-relationship', 'self', 'Self']]),
  child: concept([['http://terminology.hl7.org/CodeSystem/subscriber-relationship', 'child', 'Child']]),
}

/** One Coverage for each span. The uninsured have one too, with themselves as payor. */
export function writeCoverage(pen: ChartPen, person: Person, payers: readonly Payer[]): void {
  const beneficiary = `"beneficiary":{"reference":"Patient/${pen.patientId}"}`
  for (const span of person.coverage) {
    const period = `"period":{"start":"${pen.days.text(span.from)}"${span.to === null ? '' : `,"end":"${pen.days.text(span.to)}"`}}`
    if (span.payer === SELF_PAY) {
      pen.add(
        'Coverage',
        `"status":"active","type":${SELF_PAY_TYPE},${beneficiary},${period},"payor":[{"reference":"Patient/${pen.patientId}"}]`,
      )
      continue
    }
    const payer = payers[span.payer]!
    const relationship = person.age < 18 && payer.kind === 'commercial' ? RELATIONSHIP.child : RELATIONSHIP.self
    // The member number goes with the human and the payer, not with the chart.
    const member = `${'ABCDEF'[span.payer]}${person.ssn.replaceAll('-', '')}`
    pen.add(
      'Coverage',
      `"status":"active","type":${TYPES[span.payer]},"subscriberId":"${member}",${beneficiary},"relationship":${relationship},${period},` +
        `"payor":[{"reference":"Organization/${payer.id}","display":"${payer.name}"}]`,
    )
  }
}
