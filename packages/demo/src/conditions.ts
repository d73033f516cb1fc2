import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { type Code, concept } from './codes.ts'
import { AMOXICILLIN, AZITHROMYCIN, IBUPROFEN, type Medicine, NITROFURANTOIN, type Prescribing } from './medicines.ts'
import type { Person } from './person.ts'
import type { VisitKind } from './visits.ts'

const status = (system: string, code: string, display: string): string =>
  concept([[`http://terminology.hl7.org/CodeSystem/${system}`, code, display]])
const ACTIVE = status('condition-clinical', 'active', 'Active')
const RESOLVED = status('condition-clinical', 'resolved', 'Resolved')
const CONFIRMED = status('condition-ver-status', 'confirmed', 'Confirmed')
const PROBLEM = status('condition-category', 'problem-list-item', 'Problem List Item')
const DIAGNOSIS = status('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis')

/** Puts on the problem list what began before this visit and is not on it yet: the visit's diagnosis too, which is what some measures ask for. */
export function writeProblems(pen: ChartPen, person: Person, visit: OpenVisit): void {
  for (const [key, onset] of person.illnesses.onset) {
    if (onset > visit.day || pen.conditions.has(key)) continue
    pen.conditions.set(
      key,
      pen.add(
        'Condition',
        `"clinicalStatus":${ACTIVE},"verificationStatus":${CONFIRMED},"category":[${PROBLEM},${DIAGNOSIS}],"code":${person.illnesses.concepts.get(key)},${pen.subject},` +
          `"encounter":{"reference":"${visit.encounter}"},"onsetDateTime":"${pen.days.text(onset)}","recordedDate":"${visit.instant}"`,
      ),
    )
  }
}

export interface Complaint {
  readonly concept: string
  /** Days until it is over. */
  readonly lasts: number
  readonly treatment?: Medicine
  readonly ages: readonly [from: number, to: number]
  readonly sex?: 'female'
}

const complaint = (
  code: string,
  display: string,
  lasts: number,
  ages: readonly [number, number],
  treatment?: Medicine,
  sex?: 'female',
): Complaint => ({
  concept: concept([['icd10', code, display] satisfies Code]),
  lasts,
  ages,
  treatment,
  sex,
})

const ALL: readonly [number, number] = [0, 120]
const COMPLAINTS: Readonly<Record<'office' | 'emergency' | 'inpatient', readonly Complaint[]>> = {
  office: [
    complaint('J06.9', 'Acute upper respiratory infection, unspecified', 9, ALL),
    complaint('J02.9', 'Acute pharyngitis, unspecified', 7, [3, 50], AMOXICILLIN),
    complaint('H66.90', 'Otitis media, unspecified, unspecified ear', 10, [0, 10], AMOXICILLIN),
    complaint('H66.90', 'Otitis media, unspecified, unspecified ear', 10, [0, 5], AMOXICILLIN),
    complaint('L30.9', 'Dermatitis, unspecified', 20, [0, 60]),
    complaint('J20.9', 'Acute bronchitis, unspecified', 14, [16, 120], AZITHROMYCIN),
    complaint('J01.90', 'Acute sinusitis, unspecified', 12, [12, 70], AMOXICILLIN),
    complaint('M54.9', 'Dorsalgia, unspecified', 28, [16, 90], IBUPROFEN),
    complaint('N39.0', 'Urinary tract infection, site not specified', 7, [16, 120], NITROFURANTOIN, 'female'),
    complaint('S93.409A', 'Sprain of unspecified ligament of unspecified ankle, initial encounter', 24, [8, 60], IBUPROFEN),
    complaint('R10.9', 'Unspecified abdominal pain', 6, ALL),
    complaint('R42', 'Dizziness and giddiness', 8, [40, 120]),
  ],
  emergency: [
    complaint('R07.9', 'Chest pain, unspecified', 2, [30, 120]),
    complaint('R10.9', 'Unspecified abdominal pain', 3, ALL),
    complaint('S01.81XA', 'Laceration without foreign body of other part of head, initial encounter', 12, [1, 40]),
    complaint('R50.9', 'Fever, unspecified', 3, [0, 12]),
    complaint('R55', 'Syncope and collapse', 1, [40, 120]),
    complaint('N20.0', 'Calculus of kidney', 9, [25, 70]),
  ],
  inpatient: [
    complaint('J18.9', 'Pneumonia, unspecified organism', 18, ALL),
    complaint('A41.9', 'Sepsis, unspecified organism', 21, [40, 120]),
    complaint('K35.80', 'Unspecified acute appendicitis', 12, [6, 50]),
    complaint('N17.9', 'Acute kidney failure, unspecified', 14, [50, 120]),
    complaint('S72.001A', 'Fracture of unspecified part of neck of right femur, initial encounter for closed fracture', 90, [70, 120]),
  ],
}

/** What brings a person in without appointment; long over by the end of the record unless it is recent. */
export function drawComplaint(pen: ChartPen, person: Person, kind: VisitKind, age: number): Complaint {
  const list = COMPLAINTS[kind === 'emergency' || kind === 'inpatient' ? kind : 'office']
  for (;;) {
    const one = pen.random.pick(list)
    if (age >= one.ages[0] && age <= one.ages[1] && (!one.sex || one.sex === person.sex)) return one
  }
}

export function writeComplaint(pen: ChartPen, person: Person, visit: OpenVisit, what: Complaint, prescribing: Prescribing): void {
  const over = visit.day + what.lasts
  const isOver = over <= person.end
  pen.add(
    'Condition',
    `"clinicalStatus":${isOver ? RESOLVED : ACTIVE},"verificationStatus":${CONFIRMED},"category":[${DIAGNOSIS}],"code":${what.concept},${pen.subject},` +
      `"encounter":{"reference":"${visit.encounter}"},"onsetDateTime":"${pen.days.text(visit.day)}",` +
      (isOver ? `"abatementDateTime":"${pen.days.text(over)}",` : '') +
      `"recordedDate":"${visit.instant}"`,
  )
  const isOffice = visit.kind === 'acute' || visit.kind === 'video'
  if (isOffice && what.treatment && pen.random.chance(0.6)) prescribing.once(visit, what.treatment)
}
