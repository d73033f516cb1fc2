import { Structured } from '../runtime/elements.ts'

/** A FHIR element whose type the program does not know beforehand: its JSON and its type, `FHIR.Quantity`. */
export class FhirElement extends Structured {
  readonly type: string
  readonly json: unknown
  readonly #object: Readonly<Record<string, unknown>> | null
  readonly #name: string

  /** Of a primitive also the JSON object that has it and its name there. */
  constructor(type: string, json: unknown, object: Readonly<Record<string, unknown>> | null = null, name = '') {
    super()
    this.type = type
    this.json = json
    this.#object = object
    this.#name = name
  }

  /** What a primitive has beside its value: its id and extensions (FHIR R4, "JSON Representation of Primitive Elements"). */
  get beside(): unknown {
    return this.#object?.[`_${this.#name}`] ?? null
  }

  /** Two are the same when their JSON is. */
  get elements(): Readonly<Record<string, unknown>> {
    return { json: this.json }
  }
}
