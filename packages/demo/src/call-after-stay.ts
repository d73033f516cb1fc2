import type { ChartPen } from './chart-pen.ts'
import type { Practice } from './directory.ts'
import { writeContact } from './encounters.ts'
import type { Person } from './person.ts'
import type { Visit } from './visits.ts'

/** The practice's care manager calls after a hospital stay: on the first or second day the practice is open, later, or never. */
export function writeCallAfterStay(pen: ChartPen, person: Person, practice: Practice, stay: Visit): void {
  const { random, days } = pen
  const isPrompt = random.chance(practice.quality.afterDischarge)
  if (!isPrompt && random.chance(0.6)) return
  const called = openDays(pen, stay.day + stay.length, isPrompt ? random.whole(1, 2) : random.whole(4, 7))
  if (called < person.end && called <= days.last) writeContact(pen, practice, practice.careManagerId, called)
}

function openDays({ days }: ChartPen, from: number, count: number): number {
  let day = from
  for (let left = count; left > 0;) if (days.isOpen(++day)) left--
  return day
}
