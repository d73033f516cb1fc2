import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept } from './codes.ts'
import { NICOTINE, type Prescribing } from './medicines.ts'
import { writeAnswer, writeSmoking, writeStoolTest } from './observations.ts'
import type { Person } from './person.ts'
import type { Quality } from './quality.ts'

const COUNSELING = concept([['snomed', '225323000', 'Smoking cessation education']])
const FALL_RISK = concept([['loinc', '73830-2', 'Fall risk assessment']])

const ASKED_FROM_AGE = 13
const OLD_AGE = 65

/** What a practice asks and offers once in a calendar year: tobacco and help to stop, risk of falls, a stool test at home. */
export class Prevention {
  private readonly pen: ChartPen
  private readonly person: Person
  private readonly quality: Quality
  private readonly prescribing: Prescribing
  /** How many have what the year asks for is the practice's; whether it is this person in this year is luck. */
  private due = { year: 0, tobacco: false, falls: false, stool: false }

  constructor(pen: ChartPen, person: Person, quality: Quality, prescribing: Prescribing) {
    this.pen = pen
    this.person = person
    this.quality = quality
    this.prescribing = prescribing
  }

  at(visit: OpenVisit): void {
    if (visit.kind === 'emergency' || visit.kind === 'inpatient' || visit.kind === 'video') return
    const { pen, person, quality } = this
    const { random } = pen
    const year = pen.days.year(visit.day)
    if (year !== this.due.year)
      this.due = {
        year,
        tobacco: random.chance(quality.tobaccoAsked),
        falls: random.chance(quality.fallsAsked),
        stool: random.chance(quality.colorectal * 0.5),
      }
    if (visit.kind === 'acute' && !random.chance(0.3)) return
    const years = (visit.day - person.birth) / 365.25
    if (this.due.tobacco && years >= ASKED_FROM_AGE) {
      this.due.tobacco = false
      writeSmoking(pen, visit, years < 18 ? 'never' : person.smoking)
      if (years >= 18 && person.smoking === 'daily' && random.chance(quality.tobaccoHelp)) this.helpToStop(visit)
    }
    if (this.due.falls && years >= OLD_AGE) {
      this.due.falls = false
      writeAnswer(pen, visit, FALL_RISK, random.chance(0.25) ? 'At risk of falling' : 'Low risk of falling')
    }
    if (this.due.stool && years >= 45 && years < 76) {
      this.due.stool = false
      writeStoolTest(pen, visit, random.chance(0.05))
    }
  }

  private helpToStop(visit: OpenVisit): void {
    const { pen } = this
    if (pen.random.chance(0.3)) this.prescribing.once(visit, NICOTINE)
    else
      pen.add(
        'Procedure',
        `"status":"completed","code":${COUNSELING},${pen.subject},"performedDateTime":"${visit.instant}","encounter":{"reference":"${visit.encounter}"}`,
      )
  }
}
