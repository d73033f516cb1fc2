import type { Problem } from '@carecommons/domain'
import fc from 'fast-check'

export interface Size {
  readonly practices: number
  readonly staff: number
  readonly needs: number
  /** The longest need and the longest week, in steps. */
  readonly steps: number
}

const STEP = 60
const DISCIPLINES = ['nurse', 'social-worker', 'pharmacist']
const DUTIES = ['care-management', 'medication-review', 'outreach']
const STATES = ['NY', 'VT']

const by = (discipline: string, needsLicense = true) => ({ discipline, needsLicense })

/** Any region up to a size: with people who may do little, needs that nobody meets, and rules that leave much or nothing. */
export const problems = ({ practices, staff, needs, steps }: Size): fc.Arbitrary<Problem> =>
  fc
    .record({
      practices: fc.array(
        fc.record({
          state: fc.constantFrom(...STATES),
          needs: fc.uniqueArray(
            fc.record({
              duty: fc.constantFrom(...DUTIES),
              language: fc.constantFrom(null, null, 'es'),
              // Some needs are no whole number of steps.
              minutes: fc.integer({ min: 0, max: steps * 2 }).map((halves) => (halves * STEP) / 2),
            }),
            { minLength: 1, maxLength: needs, selector: ({ duty, language }) => `${duty} ${language}` },
          ),
        }),
        { minLength: 1, maxLength: practices },
      ),
      staff: fc.array(
        fc.record({
          discipline: fc.constantFrom(...DISCIPLINES),
          states: fc.subarray(STATES),
          languages: fc.subarray(['es']),
          availableMinutes: fc.integer({ min: 0, max: steps }).map((some) => some * STEP + 10),
          travelAllowance: fc.integer({ min: 0, max: 90 }),
          ways: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: practices, maxLength: practices }),
          today: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: practices, maxLength: practices }),
        }),
        { minLength: 1, maxLength: staff },
      ),
      rules: fc.record({
        minimumBlockMinutes: fc.constantFrom(0, STEP, 2 * STEP),
        maximumPractices: fc.integer({ min: 1, max: practices }),
        levels: fc.integer({ min: 1, max: 8 }),
        scope: fc.record({
          'care-management': fc.constant([by('nurse'), by('social-worker')]),
          'medication-review': fc.constantFrom([by('pharmacist')], [by('pharmacist'), by('nurse')], []),
          outreach: fc.constant([by('social-worker', false), by('nurse')]),
        }),
        pins: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(null, STEP, 2 * STEP)), { maxLength: 1 }),
        forbids: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 2 }),
      }),
    })
    .map(({ practices: places, staff: people, rules }) => {
      const staffId = (at: number): string => `person-${at % people.length}`
      const practiceId = (at: number): string => `practice-${at % places.length}`
      const byPractice = (values: readonly number[], factor: number): Record<string, number> =>
        Object.fromEntries(places.map((_, at) => [practiceId(at), values[at]! * factor]))
      return {
        practices: places.map((one, at) => ({ id: practiceId(at), ...one })),
        staff: people.map(({ ways, today, ...one }, at) => ({
          id: staffId(at),
          ...one,
          travelMinutes: byPractice(ways, 1),
          currentMinutes: byPractice(today, STEP),
        })),
        rules: {
          ...rules,
          stepMinutes: STEP,
          pins: rules.pins.map(([who, where, minutes]) => ({ staffId: staffId(who), practiceId: practiceId(where), minutes })),
          forbids: rules.forbids.map(([who, where]) => ({ staffId: staffId(who), practiceId: practiceId(where) })),
        },
      }
    })
