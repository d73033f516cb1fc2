import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { type Code, coding, concept, hl7 } from './codes.ts'
import type { Directory, Practice } from './directory.ts'
import type { IllnessKey } from './illness-table.ts'
import type { Visit } from './visits.ts'

const actClass = (code: string, display: string): string => coding(['actCode', code, display])
const CLASS = {
  office: actClass('AMB', 'ambulatory'),
  video: actClass('VR', 'virtual'),
  home: actClass('HH', 'home health'),
  emergency: actClass('EMER', 'emergency'),
  inpatient: actClass('IMP', 'inpatient encounter'),
}

/** What published measures know an appointment at the office by, where codes are free: they list CPT beside few others. */
const OFFICE_VISIT: Code = ['snomed', '185349003', 'Encounter for check up']
const TYPE = {
  checkup: concept([['snomed', '162673000', 'General examination of patient'], OFFICE_VISIT]),
  wellChild: concept([['snomed', '410620009', 'Well child visit']]),
  followup: concept([['snomed', '390906007', 'Follow-up encounter'], OFFICE_VISIT]),
  acute: concept([['snomed', '185345009', 'Encounter for symptom']]),
  video: concept([['snomed', '448337001', 'Telemedicine consultation with patient']]),
  emergency: concept([['snomed', '50849002', 'Emergency room admission']]),
  inpatient: concept([['snomed', '32485007', 'Hospital admission']]),
  careManagement: concept([['hcpcs', 'T1016', 'Case management, each 15 minutes']]),
}

const wellnessVisit = (code: string, display: string): string =>
  concept([
    ['hcpcs', code, display],
    ['snomed', '162673000', 'General examination of patient'],
  ])
/** The first annual wellness visit under Medicare and those of later years. */
export const FIRST_WELLNESS: Code = [
  'hcpcs',
  'G0438',
  'Annual wellness visit; includes a personalized prevention plan of service (pps), initial visit',
]
export const LATER_WELLNESS: Code = [
  'hcpcs',
  'G0439',
  'Annual wellness visit, includes a personalized prevention plan of service (pps), subsequent visit',
]
const WELLNESS_TYPE = {
  first: wellnessVisit(FIRST_WELLNESS[1], FIRST_WELLNESS[2]),
  later: wellnessVisit(LATER_WELLNESS[1], LATER_WELLNESS[2]),
}

const ADULT_EXAM = concept([['icd10', 'Z00.00', 'Encounter for general adult medical examination without abnormal findings']])
const CHILD_EXAM = concept([['icd10', 'Z00.129', 'Encounter for routine child health examination without abnormal findings']])

const discharge = (code: string, display: string): string => hl7('discharge-disposition', code, display)
const DIED = discharge('exp', 'Expired')
const DISCHARGED = [
  discharge('home', 'Home'),
  discharge('snf', 'Skilled nursing facility'),
  discharge('rehab', 'Rehabilitation'),
  discharge('other-hcf', 'Other healthcare facility'),
]

export interface VisitFacts {
  readonly age: number
  /** Why the person came, as concept text; absent for check-ups. */
  readonly reason?: string
  readonly wellness?: 'first' | 'later'
  /** The illness that the visit is about, when it is in the chart. */
  readonly about?: IllnessKey
  /** The stay ended with the person's death. */
  readonly died?: boolean
}

export function writeVisit(pen: ChartPen, practice: Practice, directory: Directory, visit: Visit, facts: VisitFacts): OpenVisit {
  const { days } = pen
  const isHospital = visit.kind === 'emergency' || visit.kind === 'inpatient'
  const instant = days.instant(visit.day, visit.minute)
  const isStay = visit.kind === 'inpatient'
  const end = isStay ? days.instant(visit.day + visit.length, 11 * 60) : days.instant(visit.day, visit.minute + visit.length)
  const reason = facts.reason ?? (visit.kind === 'checkup' ? (facts.age < 18 ? CHILD_EXAM : ADULT_EXAM) : undefined)
  const about = facts.about && pen.conditions.get(facts.about)
  const encounter = pen.add(
    'Encounter',
    `"status":"finished","class":${classOf(visit)},"type":[${typeOf(visit, facts)}],${pen.subject},` +
      (isHospital ? '' : participant(pen.clinician)) +
      `"period":{"start":"${instant}","end":"${end}"},` +
      (reason ? `"reasonCode":[${reason}],` : '') +
      (about ? `"reasonReference":[{"reference":"${about}"}],` : '') +
      (isStay ? `"hospitalization":{"dischargeDisposition":${disposition(pen, facts)}},` : '') +
      (visit.kind === 'video' || isHospital ? '' : `"location":[{"location":{"reference":"Location/${practice.locationId}"}}],`) +
      `"serviceProvider":{"reference":"Organization/${isHospital ? directory.hospital.id : practice.id}"}`,
  )
  return { ...visit, encounter, instant }
}

/** A care manager's contact: by telephone or video, or at the person's home. */
export function writeContact(pen: ChartPen, practice: Practice, managerId: string, day: number): void {
  const minute = 9 * 60 + 15 * pen.random.whole(0, 28)
  const start = pen.days.instant(day, minute)
  const end = pen.days.instant(day, minute + 15 * pen.random.whole(1, 3))
  pen.add(
    'Encounter',
    `"status":"finished","class":${pen.random.chance(0.17) ? CLASS.home : CLASS.video},"type":[${TYPE.careManagement}],${pen.subject},` +
      `${participant(`Practitioner/${managerId}`)}"period":{"start":"${start}","end":"${end}"},"serviceProvider":{"reference":"Organization/${practice.id}"}`,
  )
}

const participant = (reference: string): string => `"participant":[{"individual":{"reference":"${reference}"}}],`

const classOf = (visit: Visit): string =>
  visit.kind === 'video' || visit.kind === 'emergency' || visit.kind === 'inpatient' ? CLASS[visit.kind] : CLASS.office

function typeOf(visit: Visit, facts: VisitFacts): string {
  if (visit.kind !== 'checkup') return TYPE[visit.kind]
  if (facts.wellness) return WELLNESS_TYPE[facts.wellness]
  return facts.age < 18 ? TYPE.wellChild : TYPE.checkup
}

/** Most go home; the older one is, the more often to a nursing facility. */
const disposition = (pen: ChartPen, facts: VisitFacts): string =>
  facts.died ? DIED : DISCHARGED[pen.random.weighted(facts.age < 70 ? [93, 3, 3, 1] : [72, 19, 7, 2])]!
