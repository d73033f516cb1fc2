import { diagnosisRoots } from './diagnosis-roots.ts'
import { groupsOf } from './read-diagnoses.ts'
import { snomedAsIcd } from './snomed-as-icd.ts'

test('a root holds the codes that begin with it, with or without the dot; a range holds both ends', () => {
  const roots = diagnosisRoots('I21 E11.2 I42.5-I42.9')
  expect(['I21', 'I21.9', 'I219', 'E11.21', 'I42.5', 'I42.90'].every((code) => roots.holds(code))).toBe(true)
  expect(['I2', 'I22', 'E11', 'E11.9', 'I42', 'I42.4', ''].some((code) => roots.holds(code))).toBe(false)
})

test('a root that is not one is a bug', () => {
  for (const line of ['I', 'I21-I2', 'I69-I60', '21.9', '']) expect(() => diagnosisRoots(line)).toThrow('no root')
})

test('every SNOMED CT concept is read as a code that some table counts; others are not read', () => {
  for (const [code, icd] of Object.entries(snomedAsIcd))
    expect({ code, icd, groups: groupsOf({ system: 'http://snomed.info/sct', code }) }).toEqual({
      code,
      icd,
      groups: expect.arrayContaining([expect.any(String)]),
    })
  expect(groupsOf({ system: 'http://snomed.info/sct', code: '160903007' })).toBeNull()
  expect(groupsOf({ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'Z00.00' })).toEqual([])
})
