import type { Random } from './random.ts'

/** What a practice does well and badly; each a probability. Spread over the region so that practices differ. */
export interface Quality {
  /** Share of people with hypertension whose last reading is under 140/90. */
  readonly bloodPressure: number
  /** Share of people with diabetes who run above 9 %. */
  readonly highSugar: number
  /** Share of people with diabetes whose HbA1c is not taken in a year. */
  readonly missedSugar: number
  /** Share of people who are screened for depression in a year with a visit. */
  readonly screening: number
  /** Share of positive screenings that are followed up the same day. */
  readonly followUp: number
  /** Share of people with several chronic conditions who are in contact with a care manager. */
  readonly careManagement: number
  readonly fluShots: number
  /** Share of people who are asked about tobacco in a year with a visit, and of smokers asked who are helped to stop. */
  readonly tobaccoAsked: number
  readonly tobaccoHelp: number
  /** Share of people with diabetes, high lipids or coronary disease who were started on a statin. */
  readonly statins: number
  /** Share of people with diabetes whose urine is tested for albumin in a year with a visit. */
  readonly urineTests: number
  /** How far the practice gets with screening of the bowel: by colonoscopy, else by stool test. */
  readonly colorectal: number
  /** Share of women who go to mammography. */
  readonly mammography: number
  /** Share of people of 65 and older whose risk of falling is looked at in a year with a visit. */
  readonly fallsAsked: number
  /** Share of discharges after which somebody calls within two business days. */
  readonly afterDischarge: number
}

/** Each measure ranks the practices anew, so that nobody is best or worst at everything. */
export function spreadQualities(random: Random, count: number): Quality[] {
  const spread = (low: number, high: number) => {
    const ranks = random.shuffled(Array.from({ length: count }, (_, rank) => rank))
    return ranks.map((rank) => low + ((high - low) * (rank + random.unit())) / count)
  }
  const bloodPressure = spread(0.53, 0.73)
  const highSugar = spread(0.05, 0.13)
  const missedSugar = spread(0.05, 0.15)
  const screening = spread(0.34, 0.77)
  const followUp = spread(0.55, 0.95)
  const careManagement = spread(0.2, 0.6)
  const fluShots = spread(0.35, 0.65)
  const tobaccoAsked = spread(0.55, 0.98)
  const tobaccoHelp = spread(0.3, 0.85)
  const statins = spread(0.6, 0.95)
  const urineTests = spread(0.5, 0.95)
  const colorectal = spread(0.45, 0.85)
  const mammography = spread(0.5, 0.9)
  const fallsAsked = spread(0.4, 0.95)
  const afterDischarge = spread(0.2, 0.65)
  return Array.from({ length: count }, (_, i) => ({
    bloodPressure: bloodPressure[i]!,
    highSugar: highSugar[i]!,
    missedSugar: missedSugar[i]!,
    screening: screening[i]!,
    followUp: followUp[i]!,
    careManagement: careManagement[i]!,
    fluShots: fluShots[i]!,
    tobaccoAsked: tobaccoAsked[i]!,
    tobaccoHelp: tobaccoHelp[i]!,
    statins: statins[i]!,
    urineTests: urineTests[i]!,
    colorectal: colorectal[i]!,
    mammography: mammography[i]!,
    fallsAsked: fallsAsked[i]!,
    afterDischarge: afterDischarge[i]!,
  }))
}
