import { CanonicalUrls } from './canonical-urls.ts'
import type { FhirResource } from './fhir-record.ts'
import { Claims } from './profile-claims.ts'
import { profileTest } from './profiles.ts'

const claims = new Claims(new CanonicalUrls())
const qicore = 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-'
const quality = 'http://fhir.org/guides/astp/us-quality-core/StructureDefinition/us-quality-core-'
const core = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-'
const resource = (resourceType: string, more: object, ...profile: string[]): FhirResource => ({ resourceType, meta: { profile }, ...more })
const fits = (profile: string, candidate: FhirResource): boolean => profileTest(profile, claims)?.(candidate, claims.of(candidate)) ?? true
const observation = (code: string, ...profile: string[]): FhirResource =>
  resource('Observation', { status: 'final', code: { coding: [{ system: 'http://loinc.org', code }] } }, ...profile)

describe('profiles', () => {
  it('takes a vital sign by its claim or by its code, and nothing else for one', () => {
    expect(fits(`${core}blood-pressure`, observation('85354-9'))).toBe(true)
    expect(fits(`${core}blood-pressure`, observation('55284-4', `${core}blood-pressure`))).toBe(true)
    expect(fits(`${core}blood-pressure`, observation('4548-4'))).toBe(false)
    expect(fits(`${core}bmi`, observation('39156-5', `${quality}observation-screening-assessment`))).toBe(true)
  })

  it('takes a smoking status by any code: its profile fixes none', () => {
    for (const code of ['72166-2', '39240-7', '11367-0']) expect(fits(`${core}smokingstatus`, observation(code))).toBe(true)
  })

  it('keeps what was not done apart, by claim or by status', () => {
    const order = (more: object, ...profile: string[]): FhirResource => resource('ServiceRequest', more, ...profile)
    const asked = (candidate: FhirResource): boolean[] =>
      [`${qicore}servicerequest`, `${qicore}servicenotrequested`].map((one) => fits(one, candidate))
    expect(asked(order({}))).toEqual([true, false])
    expect(asked(order({ doNotPerform: true }))).toEqual([false, true])
    expect(asked(order({ doNotPerform: true }, `${core}servicerequest`))).toEqual([false, true])
    expect(asked(order({}, `${quality}servicenotrequested`))).toEqual([false, true])
    expect(asked(order({ doNotPerform: true }, `${quality}servicerequest`))).toEqual([true, false])
    expect(fits(`${qicore}procedurenotdone`, resource('Procedure', { status: 'not-done' }))).toBe(true)
    expect(fits(`${qicore}procedure`, resource('Procedure', { status: 'not-done' }))).toBe(false)
    expect(fits('http://hl7.org/fhir/StructureDefinition/Procedure', resource('Procedure', { status: 'not-done' }))).toBe(true)
  })

  it('tells problems from diagnoses of encounters by claim, else by category, else not at all', () => {
    const category = (code: string): object => ({ category: [{ coding: [{ code }] }] })
    const asked = (candidate: FhirResource): boolean[] =>
      ['encounter-diagnosis', 'problems-health-concerns'].map((one) => fits(`${qicore}condition-${one}`, candidate))
    expect(asked(resource('Condition', {}))).toEqual([true, true])
    expect(asked(resource('Condition', category('encounter-diagnosis')))).toEqual([true, false])
    expect(asked(resource('Condition', category('problem-list-item')))).toEqual([false, true])
    expect(asked(resource('Condition', category('encounter-diagnosis'), `${core}condition-problems-health-concerns`))).toEqual([
      false,
      true,
    ])
  })
})
