import { writeAllergy } from './allergies.ts'
import { writeCallAfterStay } from './call-after-stay.ts'
import { writeCareManagement } from './care-management.ts'
import { ChartPen, type Line, type OpenVisit } from './chart-pen.ts'
import { concept } from './codes.ts'
import { type Complaint, drawComplaint, writeComplaint, writeProblems } from './conditions.ts'
import type { Days } from './days.ts'
import type { Directory, Practice } from './directory.ts'
import { type VisitFacts, writeVisit } from './encounters.ts'
import { ILLNESSES, type IllnessKey } from './illness-table.ts'
import { writeImmunizations } from './immunizations.ts'
import { Measuring } from './measuring.ts'
import { Prescribing } from './medicines.ts'
import { Mood } from './mood.ts'
import { writeCoverage, writePatient } from './patient-lines.ts'
import { PAYER_PLANS } from './payers.ts'
import { HISTORY_YEARS, type Person } from './person.ts'
import { writeProcedures, writeWellness } from './procedures.ts'
import { Prevention } from './prevention.ts'
import type { Random } from './random.ts'
import { planVisits, type Visit } from './visits.ts'

/** One patient's record in one practice. */
export interface DemoChart {
  readonly patientId: string
  readonly practiceId: string
  /** Patient first; what others refer to comes before them. */
  readonly lines: readonly Line[]
}

interface ChartContext {
  readonly random: Random
  readonly days: Days
  readonly directory: Directory
  readonly practice: Practice
  readonly person: Person
  /** The practice of the person's first chart, in whose town they live. */
  readonly home: Practice
  readonly recordNumber: number
  /** The person is known to another practice as well and comes here less. */
  readonly isSecond: boolean
}

export function writeChart({ random, days, directory, practice, person, home, recordNumber, isSecond }: ChartContext): DemoChart {
  const pen = new ChartPen(random, days, random.pick(practice.clinicians))
  writePatient(pen, person, practice, home, recordNumber)
  writeCoverage(pen, person, directory.payers)

  const start = startOfRecord(random, person, isSecond)
  const visits = planVisits(random, days, person, start, isSecond ? 0.6 : 1)
  const prescribing = new Prescribing(pen, practice.quality)
  const measuring = new Measuring(pen, person, practice.quality)
  const prevention = new Prevention(pen, person, practice.quality, prescribing)
  const mood = new Mood(pen, person, practice.quality, directory, measuring, prescribing)
  let wellnessVisits = 0
  for (const [i, visit] of visits.entries()) {
    const facts = visitFacts(pen, person, visit)
    const wellness = visit.kind === 'checkup' && isOnMedicare(person, visit.day) ? (wellnessVisits++ === 0 ? 'first' : 'later') : undefined
    const open = writeVisit(pen, practice, directory, visit, { ...facts, wellness })
    if (i === 0) writeAllergy(pen, open, prescribing)
    if (visit.kind !== 'emergency') writeProblems(pen, person, open)
    if (facts.complaint) writeComplaint(pen, person, open, facts.complaint, prescribing)
    if (wellness) writeWellness(pen, open, wellness)
    measuring.at(open)
    prevention.at(open)
    if (isRoutine(open)) prescribing.at(open)
    mood.at(open)
    if (visit.kind === 'inpatient') writeCallAfterStay(pen, person, practice, visit)
  }
  prescribing.close(person.end)
  writeImmunizations(pen, person, practice.quality, start)
  writeProcedures(pen, person, practice.quality, start)
  if (visits.length > 0) writeCareManagement(pen, person, practice, visits)
  return { patientId: pen.patientId, practiceId: practice.id, lines: pen.lines }
}

/** Annual wellness visits are Medicare's, from the second year of coverage on. What a visit is called depends on it, not what is done. */
const isOnMedicare = (person: Person, day: number): boolean =>
  person.coverage.some(
    (span) => PAYER_PLANS[span.payer]?.kind === 'medicare' && span.from + 365 <= day && (span.to === null || day <= span.to),
  )

const AFTER_TREATMENT = concept([
  ['icd10', 'Z09', 'Encounter for follow-up examination after completed treatment for conditions other than malignant neoplasm'],
])

const isRoutine = (visit: OpenVisit): boolean => visit.kind === 'checkup' || visit.kind === 'followup' || visit.kind === 'video'

/** Nearly half have been here as long as the record reaches; the others came at some time since. */
function startOfRecord(random: Random, person: Person, isSecond: boolean): number {
  const span = Math.min(HISTORY_YEARS * 365, person.end - person.birth - 1)
  const back = isSecond ? random.between(0.1, 0.5) * span : random.chance(0.45) ? span : random.between(0.06, 1) * span
  return person.end - Math.max(1, Math.floor(back))
}

/** Why the person comes: an acute complaint, or one of the long-lasting illnesses. */
function visitFacts(pen: ChartPen, person: Person, visit: Visit): VisitFacts & { complaint?: Complaint } {
  const age = Math.floor((visit.day - person.birth) / 365.25)
  const known = [...pen.conditions.keys()].filter((key) => ILLNESSES[key].burden >= 0.4)
  const isPlanned = visit.kind === 'followup' || (visit.kind === 'video' && known.length > 0)
  if (visit.kind === 'checkup') return { age }
  if (isPlanned) {
    const about: IllnessKey | undefined = known.length > 0 ? pen.random.pick(known) : undefined
    return about ? { age, about } : { age, reason: AFTER_TREATMENT }
  }
  const died = visit.kind === 'inpatient' && person.death === visit.day + visit.length
  const complaint = drawComplaint(pen, person, visit.kind, age)
  return { age, complaint, reason: complaint.concept, died }
}
