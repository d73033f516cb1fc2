/** Codes of FHIR's CodeSystem measure-population that have members; `measure-observation` has values instead. */
export const membershipCodes = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'denominator-exception',
  'numerator',
  'numerator-exclusion',
  'measure-population',
  'measure-population-exclusion',
] as const
export type MembershipCode = (typeof membershipCodes)[number]

/** CodeSystem measure-scoring. */
export const scorings = ['proportion', 'ratio', 'continuous-variable', 'cohort'] as const
export type Scoring = (typeof scorings)[number]

export const isMembershipCode = (code: string): code is MembershipCode => (membershipCodes as readonly string[]).includes(code)
export const isScoring = (code: string): code is Scoring => (scorings as readonly string[]).includes(code)
