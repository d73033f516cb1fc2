import { type Day, isDay } from '@carecommons/kernel'
import { type DemoChart, writeChart } from './chart.ts'
import { dayNumber, Days } from './days.ts'
import type { CareManager, Clinician, Directory, Payer, Practice } from './directory.ts'
import { directoryLines } from './directory-lines.ts'
import { makeDirectory, TIME_ZONE } from './make-directory.ts'
import { SSN_CAPACITY } from './identifiers.ts'
import { DEATHS_WITHIN_YEARS, drawPerson, HISTORY_YEARS } from './person.ts'
import { Population } from './population.ts'
import { Random, STREAM } from './random.ts'

export interface DemoOptions {
  readonly practices: number
  /** Charts in all; about 4 % of the humans have two. */
  readonly patients: number
  readonly seed: number
  /** The region is written as it stands when this day begins: nothing in it happens on the day or later. */
  readonly asOf: Day
}

/** A region made up from a seed. Both iterables start over each time they are walked. */
export interface DemoRegion {
  /** Organization, Location, Practitioner and PractitionerRole, one JSON text each. */
  readonly directory: Iterable<string>
  readonly charts: Iterable<DemoChart>
  readonly payers: readonly Payer[]
  readonly practices: readonly Practice[]
  readonly careManagers: readonly CareManager[]
  readonly clinicians: readonly Clinician[]
}

/**
 * Makes a believable region as FHIR R4 resources. The same options give the same bytes. Charts are made one at a time
 * while they are walked, so memory does not grow with the region.
 * Throws RangeError for options that make no region.
 */
export function generateRegion(options: DemoOptions): DemoRegion {
  check(options)
  const directory = makeDirectory(new Random(options.seed, STREAM.directory), options.practices, options.patients)
  return {
    directory: { [Symbol.iterator]: () => directoryLines(directory) },
    charts: { [Symbol.iterator]: () => charts(options, directory) },
    payers: directory.payers,
    practices: directory.practices,
    careManagers: directory.careManagers,
    clinicians: directory.practices.flatMap((practice) => practice.clinicians),
  }
}

function* charts({ seed, asOf }: DemoOptions, directory: Directory): Generator<DemoChart> {
  const today = dayNumber(asOf) - 1
  const days = new Days(today - (HISTORY_YEARS + DEATHS_WITHIN_YEARS + 1) * 366, today, TIME_ZONE)
  const { practices } = directory
  const population = new Population(
    new Random(seed, STREAM.pairing),
    practices.map((practice) => practice.patients),
  )
  let chart = 0
  for (const practice of practices) {
    for (let recordNumber = FIRST_RECORD_NUMBER; recordNumber < FIRST_RECORD_NUMBER + practice.patients; recordNumber++, chart++) {
      const human = population.humanOf(chart)
      const home = practices[population.practiceOf(human)]!
      const person = drawPerson(new Random(seed, STREAM.person, human), days, today, human, home.ageSkew)
      const random = new Random(seed, STREAM.chart, chart)
      yield writeChart({ random, days, directory, practice, person, home, recordNumber, isSecond: human !== chart })
    }
  }
}

const FIRST_RECORD_NUMBER = 10_001

function check({ practices, patients, seed, asOf }: DemoOptions): void {
  if (!Number.isInteger(practices) || practices < 1) throw new RangeError('practices: at least 1')
  if (!Number.isInteger(patients) || patients < practices) throw new RangeError('patients: at least one for each practice')
  if (patients > SSN_CAPACITY) throw new RangeError(`patients: at most ${SSN_CAPACITY}`)
  if (!Number.isInteger(seed)) throw new RangeError('seed: a whole number')
  if (!isDay(asOf)) throw new RangeError('asOf: a day, YYYY-MM-DD')
}
