import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept } from './codes.ts'
import type { Directory } from './directory.ts'
import type { Quality } from './quality.ts'
import type { Measuring } from './measuring.ts'
import type { Prescribing } from './medicines.ts'
import { MEASUREMENT, writeMeasurement } from './observations.ts'
import type { Person } from './person.ts'
import { readingOn } from './physiology.ts'

/** PHQ-2 at 3 asks for the full PHQ-9; PHQ-9 at 10 is positive (Kroenke, Spitzer, Williams 2001 and 2003). */
const PHQ2_POSITIVE = 3
const PHQ9_POSITIVE = 10

const REFERRAL = concept([['snomed', '390866009', 'Referral to mental health team']])
const SCREENING_AGE = 12

/** Screening for depression once a year at the first visit of the year, PHQ-9 series for those who have it, and what follows. */
export class Mood {
  private readonly pen: ChartPen
  private readonly person: Person
  private readonly quality: Quality
  private readonly directory: Directory
  private readonly measuring: Measuring
  private readonly prescribing: Prescribing
  private year = 0
  private lastReferral = -Infinity

  constructor(pen: ChartPen, person: Person, quality: Quality, directory: Directory, measuring: Measuring, prescribing: Prescribing) {
    this.pen = pen
    this.person = person
    this.quality = quality
    this.directory = directory
    this.measuring = measuring
    this.prescribing = prescribing
  }

  at(visit: OpenVisit): void {
    if (visit.kind === 'emergency' || visit.kind === 'inpatient') return
    const { pen, person } = this
    const { random } = pen
    if (visit.day - person.birth < SCREENING_AGE * 365.25) return
    const year = pen.days.year(visit.day)
    const isScreeningDue = year !== this.year && random.chance(this.quality.screening)
    this.year = year
    const isDepressed = pen.conditions.has('depression')
    const followsUp = isDepressed && (visit.kind === 'followup' || visit.kind === 'video') && random.chance(0.4)
    if (!isScreeningDue && !followsUp) return
    const total = Math.round(readingOn(random, this.measuring.body.mood, person, visit.day))
    if (isScreeningDue && !(isDepressed && random.chance(0.6))) {
      const first = Math.min(6, Math.round((total * 2) / 9 + random.unit() * 1.2))
      writeMeasurement(pen, visit, MEASUREMENT.phq2, first)
      if (first < PHQ2_POSITIVE) return
    }
    writeMeasurement(pen, visit, MEASUREMENT.phq9, total)
    if (total >= PHQ9_POSITIVE && random.chance(this.quality.followUp)) this.followUp(visit)
  }

  /** A referral, or a medicine that was not taken before. */
  private followUp(visit: OpenVisit): void {
    const { pen } = this
    if (pen.random.chance(0.4) && this.prescribing.startAntidepressant(visit)) return
    const isOpen = visit.day - this.lastReferral < 60
    if (isOpen) return
    this.lastReferral = visit.day
    const reason = pen.conditions.get('depression')
    pen.add(
      'ServiceRequest',
      `"status":"${this.person.end - visit.day > 120 ? 'completed' : 'active'}","intent":"order","code":${REFERRAL},${pen.subject},` +
        `"encounter":{"reference":"${visit.encounter}"},"authoredOn":"${visit.instant}","requester":{"reference":"${pen.clinician}"},` +
        `"performer":[{"reference":"Organization/${this.directory.behavioralHealth.id}"}]` +
        (reason ? `,"reasonReference":[{"reference":"${reason}"}]` : ''),
    )
  }
}
