import type { ChartPen } from './chart-pen.ts'
import { concept } from './codes.ts'
import type { Quality } from './quality.ts'
import type { Person } from './person.ts'

const vaccine = (cvx: string, display: string): string => concept([['cvx', cvx, display]])
const FLU = vaccine('140', 'Influenza, seasonal, injectable, preservative free')
const FLU_QUADRIVALENT = vaccine('150', 'influenza, injectable, quadrivalent, preservative free')
const TDAP = vaccine('115', 'Tdap')
const TD = vaccine('113', 'Td (adult) preservative free')
const PNEUMOCOCCAL = vaccine(
  '216',
  'Pneumococcal conjugate vaccine 20-valent (PCV20), polysaccharide CRM197 conjugate, adjuvant, preservative free',
)
const PNEUMOCOCCAL_23 = vaccine('33', 'pneumococcal polysaccharide vaccine, 23 valent')
const ZOSTER = vaccine('187', 'zoster vaccine recombinant')
const COVID = vaccine('208', 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose')
const COVID_YEARLY = vaccine('309', 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL')

const PCV13 = vaccine('133', 'Pneumococcal conjugate PCV 13')

/** Vaccines of childhood by age in days. */
const CHILDHOOD: readonly (readonly [code: string, ages: readonly number[]])[] = [
  [vaccine('08', 'Hep B, adolescent or pediatric'), [1, 40, 190]],
  [vaccine('20', 'DTaP'), [61, 122, 183, 470, 1560]],
  [vaccine('10', 'IPV'), [61, 122, 190, 1560]],
  [vaccine('49', 'Hib (PRP-OMP)'), [61, 122, 400]],
  [PCV13, [61, 122, 183, 400]],
  [vaccine('03', 'MMR'), [385, 1560]],
  [vaccine('21', 'varicella'), [385, 1560]],
  [vaccine('83', 'Hep A, ped/adol, 2 dose'), [385, 580]],
  [TDAP, [4040]],
  [vaccine('165', 'HPV9'), [4040, 4240]],
  [vaccine('114', 'meningococcal MCV4P'), [4040, 5870]],
]

/** Children get the 20-valent conjugate in place of the 13-valent. */
const PCV20_SINCE = 2023

/** Trivalent vaccine came back with the season of 2024. */
const TRIVALENT_SINCE = 2024
const COVID_FIRST = { from: 2021, spread: 130 }
const COVID_YEARLY_SINCE = 2023

/** Vaccines given from the start of the record to its end, in the practice or reported by a pharmacy. */
export function writeImmunizations(pen: ChartPen, person: Person, quality: Quality, start: number): void {
  const { random, days } = pen
  const give = (code: string, wanted: number) => {
    let day = wanted
    while (!days.isOpen(day)) day--
    if (day < start || day >= person.end || day <= person.birth) return
    pen.add(
      'Immunization',
      `"status":"completed","vaccineCode":${code},${pen.patient},"occurrenceDateTime":"${days.instant(day, 540 + random.whole(0, 420))}","primarySource":true`,
    )
  }
  const ageOn = (day: number) => (day - person.birth) / 365.25
  // Willingness is the person's; some take every vaccine and some none.
  const willing = Math.min(1.5, Math.max(0.1, random.normal(1, 0.45)))

  for (let year = days.year(start); year <= days.year(person.end); year++) {
    const newYear = days.newYear(year)
    const age = ageOn(newYear + 290)
    if (age > 0.5 && random.chance(quality.fluShots * willing * (age > 64 ? 1.35 : age < 18 ? 1 : 0.9))) {
      give(year >= TRIVALENT_SINCE ? FLU : FLU_QUADRIVALENT, newYear + 252 + random.whole(0, 85))
    }
    if (year >= COVID_YEARLY_SINCE && age > 12 && random.chance(0.3 * willing)) give(COVID_YEARLY, newYear + 260 + random.whole(0, 80))
    if (age >= 18 && random.chance(0.07)) give(random.chance(0.5) ? TDAP : TD, newYear + random.whole(10, 350))
    if (age >= 66 && random.chance(0.07)) give(year >= 2022 ? PNEUMOCOCCAL : PNEUMOCOCCAL_23, newYear + random.whole(10, 350))
    if (year >= 2018 && age >= 51 && random.chance(0.05 * willing)) {
      const day = newYear + random.whole(10, 200)
      give(ZOSTER, day)
      give(ZOSTER, day + random.whole(60, 150))
    }
  }
  const first = days.newYear(COVID_FIRST.from) + 40 + random.whole(0, COVID_FIRST.spread)
  if (ageOn(first) > 12 && random.chance(0.75 * Math.min(1, willing * 1.2))) {
    give(COVID, first)
    give(COVID, first + 23)
  }
  if (ageOn(start) > 17) return
  for (const [code, ages] of CHILDHOOD) {
    for (const age of ages) {
      const day = person.birth + age + random.whole(0, 20)
      if (random.chance(0.9)) give(code === PCV13 && days.year(day) >= PCV20_SINCE ? PNEUMOCOCCAL : code, day)
    }
  }
}
