/** What shared staff are by training. */
export const disciplines = [
  'nurse',
  'social-worker',
  'pharmacist',
  'dietitian',
  'community-health-worker',
  'behavioral-health-specialist',
] as const
export type Discipline = (typeof disciplines)[number]

/** What somebody is there for. Which discipline may, and whether under a license, is in the region's rules (`scope_rule`). */
export const duties = [
  'care-management',
  'medication-reconciliation',
  'medication-review',
  'nutrition-therapy',
  'behavioral-health',
  'community-outreach',
] as const
export type Duty = (typeof duties)[number]

export const disciplineWords: Readonly<Record<Discipline, string>> = {
  nurse: 'nurse',
  'social-worker': 'social worker',
  pharmacist: 'pharmacist',
  dietitian: 'dietitian',
  'community-health-worker': 'community health worker',
  'behavioral-health-specialist': 'behavioral-health specialist',
}
