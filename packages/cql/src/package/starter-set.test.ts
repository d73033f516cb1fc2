import { conditionGroups } from './condition-groups.ts'
import { starterSources, valueSetCodes } from './starter-set.ts'

describe('starter set', () => {
  const { measures, valueSets } = starterSources()

  it('has value sets without repeats, whose name is their file, id and url', () => {
    for (const { id, url } of valueSets) {
      const codes = valueSetCodes(url).map(({ system, code }) => `${system}|${code}`)
      expect(url).toBe(`https://carecommons.example/fhir/ValueSet/${id}`)
      expect(new Set(codes).size).toBe(codes.length)
    }
    expect(new Set(valueSets.map(({ id }) => id)).size).toBe(valueSets.length)
  })

  it('uses only code systems that may be used, and no code that looks like CPT', () => {
    const allowed =
      /^http:\/\/(hl7\.org\/fhir\/sid\/icd-10-cm|snomed\.info\/sct|loinc\.org|www\.nlm\.nih\.gov\/research\/umls\/rxnorm|www\.cms\.gov\/Medicare\/Coding\/HCPCSReleaseCodeSets|terminology\.hl7\.org\/CodeSystem\/[\w-]+)$/
    for (const { url } of valueSets) {
      for (const { system, code, display } of valueSetCodes(url)) {
        expect(system).toMatch(allowed)
        expect(display).not.toBe('')
        if (system.includes('HCPCS')) expect(code).toMatch(/^[A-V]\d{4}$/)
        if (system.includes('icd-10-cm')) expect(code).toMatch(/^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/)
        if (system.includes('snomed')) expect(verhoeff(code)).toBe(true)
        if (system.includes('loinc')) expect(code).toMatch(/^(LA)?\d+-\d$/)
      }
    }
  })

  it('has a value set for each of the nine condition groups', () => {
    expect(conditionGroups).toHaveLength(9)
    for (const { valueSetUrl } of conditionGroups) expect(valueSetCodes(valueSetUrl).length).toBeGreaterThan(0)
  })

  it('names its public sources, in the order of its pages', () => {
    expect(measures.map(({ id }) => id)).toEqual([
      ...['glycemic-control-poor', 'kidney-health-evaluation', 'blood-pressure-control', 'statin-therapy'],
      ...['depression-screening-follow-up', 'tobacco-screening-cessation'],
      ...['colorectal-cancer-screening', 'breast-cancer-screening', 'falls-risk-screening'],
      ...['follow-up-after-discharge', 'care-management-contact'],
    ])
    for (const measure of measures)
      expect(measure).toMatchObject({
        relatedArtifact: [
          { type: 'citation', citation: expect.stringContaining('https://') },
          ...(measure as unknown as { relatedArtifact: object[] }).relatedArtifact.slice(1),
        ],
      })
  })
})

/** SNOMED CT identifiers end in a Verhoeff check digit; ones without namespace have partition 00. */
function verhoeff(identifier: string): boolean {
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  const dihedral = (a: number, b: number): number => {
    if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5
    return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
  }
  let check = 0
  for (const [position, digit] of [...identifier].reverse().entries()) {
    let permuted = Number(digit)
    for (let turn = 0; turn < position % 8; turn++) permuted = permute[permuted]!
    check = dihedral(check, permuted)
  }
  return check === 0 && identifier.at(-3) === '0' && identifier.at(-2) === '0'
}
