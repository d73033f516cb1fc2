import type { ChartPen, OpenVisit } from './chart-pen.ts'
import type { Quality } from './quality.ts'
import type { IllnessKey } from './illness-table.ts'
import { MEASUREMENT, writeMeasurement, writePressure } from './observations.ts'
import { drawPhysiology, heightAt, type Physiology, readingOn } from './physiology.ts'
import type { Person } from './person.ts'

type Lab = 'a1c' | 'ldl' | 'egfr' | 'acr' | 'tsh'

/** Creatinine estimates changed their formula in the United States from late 2021; laboratories followed within months. */
const NEW_EGFR = 2022

/** Takes vital signs and laboratory values at the visits of one chart, and remembers when each was last taken. */
export class Measuring {
  readonly body: Physiology
  private readonly pen: ChartPen
  private readonly person: Person
  private readonly quality: Quality
  private readonly lastTaken: Partial<Record<Lab, number>> = {}
  private year = 0
  private sugarForgotten = false
  private urineForgotten = false

  constructor(pen: ChartPen, person: Person, quality: Quality) {
    this.pen = pen
    this.person = person
    this.quality = quality
    this.body = drawPhysiology(pen.random, person, quality)
  }

  at(visit: OpenVisit): void {
    if (visit.kind === 'emergency' || visit.kind === 'inpatient') return
    const year = this.pen.days.year(visit.day)
    if (year !== this.year) {
      this.year = year
      this.sugarForgotten = this.pen.random.chance(this.quality.missedSugar)
      this.urineForgotten = !this.pen.random.chance(this.quality.urineTests)
    }
    if (visit.kind !== 'video') this.vitalSigns(visit)
    this.laboratory(visit)
  }

  private vitalSigns(visit: OpenVisit): void {
    const { pen, person, body } = this
    const { random } = pen
    const { kind, day } = visit
    const years = (day - person.birth) / 365.25
    const chance = (checkup: number, followup: number, acute: number) =>
      random.chance(kind === 'checkup' ? checkup : kind === 'followup' ? followup : acute)
    if (years >= 3 && chance(0.98, 0.96, 0.75)) {
      const child = years < 16 ? (16 - years) * 1.6 : 0
      writePressure(
        pen,
        visit,
        readingOn(random, body.systolic, person, day) - child,
        readingOn(random, body.diastolic, person, day) - child / 2,
      )
    }
    if (chance(0.99, 0.8, 0.25)) {
      const bmi = readingOn(random, body.bmi, person, day)
      const height = heightAt(person, years)
      writeMeasurement(pen, visit, MEASUREMENT.weight, bmi * (height / 100) ** 2)
      if (years < 18 && kind === 'checkup') writeMeasurement(pen, visit, MEASUREMENT.height, height)
      if (years >= 2 && chance(0.92, 0.4, 0)) writeMeasurement(pen, visit, MEASUREMENT.bmi, bmi)
    }
  }

  private laboratory(visit: OpenVisit): void {
    const { kind } = visit
    const routine = kind === 'checkup' || kind === 'followup'
    const years = (visit.day - this.person.birth) / 365.25
    if (this.has('diabetes')) {
      if (!this.sugarForgotten) this.take('a1c', visit, 85, routine ? 0.93 : 0.7)
      if (routine && !this.urineForgotten) this.take('acr', visit, 250, 0.9)
    } else if (kind === 'checkup' && years >= 40) this.take('a1c', visit, 1000, this.has('obesity') ? 0.45 : 0.2)
    if (!routine) return
    const vessels = this.has('diabetes') || this.has('lipids') || this.has('coronary')
    if (vessels || years >= 35) this.take('ldl', visit, vessels ? 330 : 1100, vessels ? 0.75 : 0.55)
    if (this.has('diabetes') || this.has('hypertension') || this.has('kidney') || this.has('heartFailure'))
      this.take('egfr', visit, 300, 0.75)
    else if (kind === 'checkup' && years >= 50) this.take('egfr', visit, 700, 0.5)
    if (this.has('hypothyroidism')) this.take('tsh', visit, 330, 0.8)
  }

  private take(lab: Lab, visit: OpenVisit, everyDays: number, probability: number): void {
    const { pen, person, body } = this
    if (!pen.random.chance(probability) || !this.isDue(lab, visit, everyDays)) return
    const value = lab === 'tsh' ? pen.random.between(0.6, 4.4) : readingOn(pen.random, body[lab], person, visit.day)
    writeMeasurement(pen, visit, MEASUREMENT[lab === 'egfr' && pen.days.year(visit.day) >= NEW_EGFR ? 'egfr2021' : lab], value)
  }

  private isDue(what: Lab, visit: OpenVisit, everyDays: number): boolean {
    const last = this.lastTaken[what]
    if (last !== undefined && visit.day - last < everyDays) return false
    this.lastTaken[what] = visit.day
    return true
  }

  private has(key: IllnessKey): boolean {
    return this.pen.conditions.has(key)
  }
}
