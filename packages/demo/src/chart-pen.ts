import type { Code } from './codes.ts'
import type { Days } from './days.ts'
import type { Clinician } from './directory.ts'
import type { IllnessKey } from './illness-table.ts'
import type { Random } from './random.ts'
import type { Visit } from './visits.ts'

export interface Line {
  readonly type: string
  readonly json: string
}

/** Where and when something is written: the visit that is open in the chart. */
export interface OpenVisit extends Visit {
  /** `Encounter/<id>` */
  readonly encounter: string
  readonly instant: string
}

/** Writes one chart: keeps the lines, gives out ids, and knows the texts that most resources share. */
export class ChartPen {
  readonly lines: Line[] = []
  readonly random: Random
  readonly days: Days
  readonly patientId: string
  /** `"subject":{...}` */
  readonly subject: string
  /** `"patient":{...}` */
  readonly patient: string
  /** `Practitioner/<id>` of the clinician the person usually sees. */
  readonly clinician: string
  readonly specialty: Code
  /** `Condition/<id>` of what has been written down so far. */
  readonly conditions = new Map<IllnessKey, string>()

  constructor(random: Random, days: Days, clinician: Clinician) {
    this.random = random
    this.days = days
    this.patientId = random.uuid()
    this.subject = `"subject":{"reference":"Patient/${this.patientId}"}`
    this.patient = `"patient":{"reference":"Patient/${this.patientId}"}`
    this.clinician = `Practitioner/${clinician.id}`
    this.specialty = clinician.specialty
  }

  /** Adds a resource and answers its reference. The body is the JSON text of its elements. */
  add(type: string, body: string): string {
    const id = this.random.uuid()
    this.put(type, id, body)
    return `${type}/${id}`
  }

  put(type: string, id: string, body: string): void {
    this.lines.push({ type, json: `{"resourceType":"${type}","id":"${id}",${body}}` })
  }
}
