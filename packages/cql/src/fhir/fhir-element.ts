import { Structured } from '../runtime/elements.ts'

/** A FHIR element whose type the program does not know beforehand: its JSON and its type, `FHIR.Quantity`. */
export class FhirElement extends Structured {
  readonly type: string
  readonly json: unknown

  constructor(type: string, json: unknown) {
    super()
    this.type = type
    this.json = json
  }

  /** Two are the same when their JSON is. */
  get elements(): Readonly<Record<string, unknown>> {
    return { json: this.json }
  }
}
