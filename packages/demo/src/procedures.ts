import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { type Code, concept } from './codes.ts'
import { FIRST_WELLNESS, LATER_WELLNESS } from './encounters.ts'
import { writeMammogram } from './observations.ts'
import type { Person } from './person.ts'
import type { Quality } from './quality.ts'

const COLONOSCOPY = concept([['snomed', '73761001', 'Colonoscopy']])
const MAMMOGRAPHY = concept([['snomed', '24623002', 'Screening mammography']])
const WELLNESS: Readonly<Record<'first' | 'later', string>> = { first: concept([FIRST_WELLNESS]), later: concept([LATER_WELLNESS]) }
/** Hospice care supervised at home: the person leaves most measures. */
const HOSPICE = concept([['hcpcs', 'Q5001', "Hospice or home health care provided in patient's home/residence"] satisfies Code])

const performed = (pen: ChartPen, code: string, when: string): string =>
  `"status":"completed","code":${code},${pen.subject},"performedDateTime":"${when}"`

export function writeWellness(pen: ChartPen, visit: OpenVisit, which: 'first' | 'later'): void {
  pen.add('Procedure', `${performed(pen, WELLNESS[which], visit.instant)},"encounter":{"reference":"${visit.encounter}"}`)
}

/** Screening elsewhere (the practice gets the report), and hospice in the last weeks of some. */
export function writeProcedures(pen: ChartPen, person: Person, quality: Quality, start: number): void {
  const { random, days } = pen
  const on = (code: string, wanted: number) => {
    let day = wanted
    while (!days.isOpen(day)) day--
    if (day < start || day >= person.end) return
    const instant = days.instant(day, 600 + random.whole(0, 240))
    pen.add('Procedure', performed(pen, code, instant))
    if (code === MAMMOGRAPHY) writeMammogram(pen, instant)
  }
  if (person.age >= 47 && person.age <= 79 && random.chance(quality.colorectal * 0.8))
    on(COLONOSCOPY, person.end - random.whole(20, Math.min(3600, (person.age - 45) * 365)))
  if (person.sex === 'female' && person.age >= 43 && person.age <= 78 && random.chance(quality.mammography)) {
    const every = random.whole(380, 800)
    for (let day = person.end - random.whole(5, every); day > Math.max(start, person.birth + 42 * 365); day -= every) on(MAMMOGRAPHY, day)
  }
  const isDying = person.death !== null && random.chance(0.35)
  if (isDying) on(HOSPICE, person.end - random.whole(5, 50))
  else if (person.death === null && person.age >= 80 && random.chance(0.02)) on(HOSPICE, person.end - random.whole(5, 90))
}
