import type { DemoRegion } from '@carecommons/demo'
import type { SeededStaff, SeededTravel } from '@carecommons/domain'
import { addDays, type Day } from '@carecommons/kernel'

export interface DemoPerson extends SeededStaff {
  readonly name: string
}

const [MORNING, AFTERNOON] = [
  { from: 8 * 60, until: 12 * 60 },
  { from: 13 * 60, until: 17 * 60 },
]
/** Nine half days; the tenth is for the office. */
const HALF_DAYS = [1, 2, 3, 4, 5].flatMap((weekday) => [MORNING, AFTERNOON].map((half) => ({ weekday, ...half }))).slice(0, 9)

/**
 * The shared staff of a made-up region: its care managers are nurses, each half a day or more at each of her practices; a pharmacist and a social
 * worker are here and there. One license ends soon.
 */
export function demoStaff(demo: DemoRegion, practiceIds: ReadonlyMap<string, string>, today: Day): DemoPerson[] {
  const license = (title: string, position: number, days: number) => ({
    ...{ title, state: 'NY', number: String(410_000 + position * 37) },
    expiresOn: addDays(today, days),
  })
  const training = [{ title: 'Motivational interviewing', day: addDays(today, -120), minutes: 240 }]
  const idOf = (id: string): string[] => {
    const practice = demo.practices.find((one) => one.id === id)
    return practice ? [practiceIds.get(practice.name) ?? ''].filter(Boolean) : []
  }
  const townOf = (position: number): string => demo.practices[position % demo.practices.length]!.city
  const nurses = demo.careManagers.map(({ given, family, assignments }, position): DemoPerson => {
    const at = assignments.flatMap(({ practiceId }) => idOf(practiceId))
    return {
      ...{ name: `${given} ${family}`, email: `${given}.${family}@staff.demo.example`.toLowerCase().replaceAll(' ', '-') },
      ...{
        discipline: 'nurse',
        weeklyMinutes: 2400,
        homeBase: townOf(position),
        languages: position % 2 ? ['en', 'es'] : ['en'],
        training,
      },
      license: license('RN', position, position === 0 ? 25 : 400 + position * 30),
      assignments: at.map((practiceId, index) => ({
        practiceId,
        duty: 'care-management',
        hours: HALF_DAYS.filter((_, half) => half % at.length === index),
      })),
    }
  })
  const everywhere = [...practiceIds.values()]
  const other = (
    name: string,
    discipline: SeededStaff['discipline'],
    title: string,
    duty: 'medication-review' | 'behavioral-health',
    first: number,
  ): DemoPerson => ({
    ...{ name, email: `${name.toLowerCase().replace(' ', '.')}@staff.demo.example`, discipline, weeklyMinutes: 1440, training },
    ...{ homeBase: townOf(first), languages: ['en'], license: license(title, 90 + first, 500) },
    assignments: everywhere
      .filter((_, index) => index % 4 === first)
      .slice(0, 3)
      .map((practiceId, index) => ({ practiceId, duty, hours: [{ weekday: 1 + index * 2, ...MORNING }] })),
  })
  return [
    ...nurses,
    other('Ines Marchetti', 'pharmacist', 'PharmD', 'medication-review', 0),
    other('Tomas Okafor', 'social-worker', 'LCSW', 'behavioral-health', 1),
  ]
}

/** A road longer than this many minutes would not be worked from one region. */
const ROAD_MINUTES = 300

/** The towns of a made-up region lie along one road, a quarter of an hour apart; where there are many, closer together. */
export function demoTravel({ practices }: Pick<DemoRegion, 'practices'>): SeededTravel[] {
  const towns = [...new Set(practices.map(({ city }) => city))]
  const apart = Math.max(1, Math.min(15, Math.floor(ROAD_MINUTES / towns.length)))
  return towns.flatMap((one, i) =>
    towns
      .slice(i + 1)
      .map((other, further): SeededTravel => ({ towns: one < other ? [one, other] : [other, one], minutes: apart * (further + 1) })),
  )
}
