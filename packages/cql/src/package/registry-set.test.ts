import { registryPackages } from '../starter-packages.fixture.ts'
import { cohortClauses } from './cohort-clauses.ts'
import { registrySources } from './starter-set.ts'

describe('registry set', () => {
  it('has the eight registries in the order of their page, as cohorts with public sources', () => {
    const { measures } = registrySources()
    expect(measures.map(({ id }) => id)).toEqual([
      ...['diabetes', 'hypertension', 'asthma-copd', 'heart', 'arthritis', 'depression', 'chronic-kidney-disease'],
      'multiple-chronic-conditions',
    ])
    for (const measure of measures) {
      expect(measure.scoring?.coding?.[0]?.code).toBe('cohort')
      for (const { citation } of (measure as unknown as { relatedArtifact: { citation: string }[] }).relatedArtifact)
        expect(citation).toContain('https://')
    }
  })

  it('says in its CQL what each registry rests on, word for word as its Measure does', () => {
    const { measures, libraries } = registrySources()
    for (const measure of measures) {
      const text = libraries.find((one) => one.startsWith(`library ${measure.name!} `))
      for (const { citation } of (measure as unknown as { relatedArtifact: { citation: string }[] }).relatedArtifact)
        expect(text).toContain(`// - ${citation}\n`)
    }
  })

  it('names for each registry what brings people in and what takes them out', async () => {
    const packages = await registryPackages()
    expect(packages.size).toBe(8)
    for (const pkg of packages.values()) expect(cohortClauses(pkg).exit).toEqual(['Died'])
    expect(cohortClauses(packages.get('asthma-copd')!).entry).toEqual(['Asthma among the problems', 'COPD among the problems'])
    expect(cohortClauses(packages.get('chronic-kidney-disease')!).entry).toEqual([
      'Chronic kidney disease among the problems',
      'eGFR below 60, at least 90 days apart',
    ])
    expect(cohortClauses(packages.get('multiple-chronic-conditions')!).entry).toHaveLength(9)
  })
})
