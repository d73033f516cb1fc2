import type { ChartPen } from './chart-pen.ts'
import { CARE_MANAGER_ROLE, type Code, concept } from './codes.ts'
import type { Practice } from './directory.ts'
import { writeContact } from './encounters.ts'
import { ILLNESSES } from './illness-table.ts'
import { isControlled, runsHigh } from './physiology.ts'
import type { Person } from './person.ts'
import type { Visit } from './visits.ts'

const PLAN = concept([['http://hl7.org/fhir/us/core/CodeSystem/careplan-category', 'assess-plan', 'Assessment and Plan of Treatment']])
const MANAGER = concept([CARE_MANAGER_ROLE])
const PERSON = concept([['snomed', '116154003', 'Patient']])

interface GoalText {
  readonly description: string
  readonly target: string
}
const goal = (code: Code, text: string, comparator: 'high', value: number, unit: string): GoalText => ({
  description: `{"text":"${text}"}`,
  target: `{"measure":${concept([code])},"detailRange":{"${comparator}":{"value":${value},"unit":"${unit}","system":"http://unitsofmeasure.org","code":"${unit}"}}}`,
})
const SUGAR_GOAL = goal(['loinc', '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'], 'HbA1c below 8 %', 'high', 8, '%')
const PRESSURE_GOAL = goal(
  ['loinc', '8480-6', 'Systolic blood pressure'],
  'Blood pressure below 140/90 at home and in the practice',
  'high',
  139,
  'mm[Hg]',
)
const OWN_GOALS = [
  'Walk to the mailbox and back every day',
  'Cook at home four evenings a week',
  'Sleep through the night',
  'Get to church on Sundays',
  'Keep up the garden',
  'Take the stairs without stopping',
]

type WithoutPayer = Omit<Person, 'coverage'>

/** The program runs for this long. */
const PROGRAM_DAYS = 1000

/**
 * Care management for people with two or more chronic conditions, chosen by need: more conditions, a recent hospital stay,
 * values out of range. Who pays cannot be read here.
 */
export function writeCareManagement(pen: ChartPen, person: WithoutPayer, practice: Practice, visits: readonly Visit[]): void {
  const known = [...pen.conditions.keys()].filter((key) => ILLNESSES[key].chronic)
  if (known.length < 2 || person.age < 18) return
  if (person.luck.care > practice.quality.careManagement * need(person, practice, known.length, visits)) return
  const { random, days } = pen
  const firstVisit = visits[0]!.day
  const enrolled = Math.max(firstVisit + 20, person.end - random.whole(70, PROGRAM_DAYS))
  if (enrolled >= person.end - 10) return
  // Some have reached their goals or left the program.
  const ended = random.chance(0.12) && person.end - enrolled > 300 ? person.end - random.whole(30, 250) : null
  const last = ended ?? person.end

  const goals = writeGoals(pen, enrolled, ended !== null)
  const period = `"period":{"start":"${days.text(enrolled)}"${ended === null ? '' : `,"end":"${days.text(ended)}"`}}`
  const manager = `Practitioner/${practice.careManagerId}`
  const member = (role: string, reference: string) => `{"role":[${role}],"member":{"reference":"${reference}"}}`
  const team = pen.add(
    'CareTeam',
    `"status":"${ended === null ? 'active' : 'inactive'}","name":"Care team",${pen.subject},${period},"participant":[${member(MANAGER, manager)},` +
      `${member(concept([pen.specialty]), pen.clinician)},${member(PERSON, `Patient/${pen.patientId}`)}],"managingOrganization":[{"reference":"Organization/${practice.id}"}]`,
  )
  pen.add(
    'CarePlan',
    `"status":"${ended === null ? 'active' : 'completed'}","intent":"plan","category":[${PLAN}],"title":"Chronic care plan",${pen.subject},${period},` +
      `"created":"${days.text(enrolled)}","author":{"reference":"${manager}"},"careTeam":[{"reference":"${team}"}],` +
      `"addresses":[${known.map((key) => `{"reference":"${pen.conditions.get(key)}"}`).join(',')}],"goal":[${goals.map((one) => `{"reference":"${one}"}`).join(',')}]`,
  )
  const pace = random.whole(28, 75)
  for (let day = enrolled + random.whole(2, 14); day < last; day += Math.max(14, Math.round(random.normal(pace, 10)))) {
    let open = day
    while (!days.isOpen(open)) open--
    if (open >= enrolled) writeContact(pen, practice, practice.careManagerId, open)
  }
}

/** About 1 on average over people with several conditions; three times that for those who need it most. */
function need(person: WithoutPayer, practice: Practice, conditions: number, visits: readonly Visit[]): number {
  const lastYear = person.end - 365
  const stays = visits.filter((visit) => visit.day > lastYear && (visit.kind === 'inpatient' || visit.kind === 'emergency')).length
  const outOfRange =
    (person.illnesses.onset.has('hypertension') && !isControlled(person, practice.quality) ? 1 : 0) +
    (person.illnesses.onset.has('diabetes') && runsHigh(person, practice.quality) ? 1 : 0)
  return 0.66 + 0.22 * (conditions - 2) + 0.35 * Math.min(stays, 2) + 0.25 * outOfRange
}

/** The person's own goal first, then what the conditions ask for. */
function writeGoals(pen: ChartPen, enrolled: number, isOver: boolean): string[] {
  const start = pen.days.text(enrolled)
  const status = isOver ? 'completed' : 'active'
  const write = (description: string, target: string) =>
    pen.add(
      'Goal',
      `"lifecycleStatus":"${status}","description":${description},${pen.subject},"startDate":"${start}"${target && `,"target":[${target}]`}`,
    )
  const goals = [write(`{"text":"${pen.random.pick(OWN_GOALS)}"}`, '')]
  if (pen.conditions.has('diabetes')) goals.push(write(SUGAR_GOAL.description, SUGAR_GOAL.target))
  if (pen.conditions.has('hypertension')) goals.push(write(PRESSURE_GOAL.description, PRESSURE_GOAL.target))
  return goals
}
