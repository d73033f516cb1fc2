/** The payers of the region. Names are invented; `share` is the part of the people of an age group. */
export type PayerKind = 'medicare' | 'medicaid' | 'commercial'

interface PayerPlan {
  readonly name: string
  readonly kind: PayerKind
  /** Source of payment typology. */
  readonly payment: readonly [code: string, display: string]
  readonly shares: Readonly<Record<AgeGroup, number>>
}

export type AgeGroup = 'child' | 'adult' | 'senior'

export const PAYER_PLANS: readonly PayerPlan[] = [
  {
    name: 'Granite Mutual Health',
    kind: 'commercial',
    payment: ['5', 'Private health insurance'],
    shares: { child: 0.47, adult: 0.565, senior: 0.09 },
  },
  { name: 'Old Elm Senior Health', kind: 'medicare', payment: ['1', 'Medicare'], shares: { child: 0, adult: 0.02, senior: 0.88 } },
  {
    name: 'Hearthside State Health Plan',
    kind: 'medicaid',
    payment: ['2', 'Medicaid'],
    shares: { child: 0.35, adult: 0.13, senior: 0.015 },
  },
  {
    name: 'Blue Heron Insurance Cooperative',
    kind: 'commercial',
    payment: ['5', 'Private health insurance'],
    shares: { child: 0.09, adult: 0.11, senior: 0.01 },
  },
  {
    name: 'Ironbridge Employers Trust',
    kind: 'commercial',
    payment: ['5', 'Private health insurance'],
    shares: { child: 0.06, adult: 0.075, senior: 0 },
  },
  {
    name: 'Larkspur Health Plan',
    kind: 'commercial',
    payment: ['5', 'Private health insurance'],
    shares: { child: 0.03, adult: 0.03, senior: 0 },
  },
]

/** Share of the people of an age group whom nobody insures. */
export const SELF_PAY_SHARES: Readonly<Record<AgeGroup, number>> = { child: 0.02, adult: 0.08, senior: 0.005 }
