/** A FHIR element whose type the program does not know beforehand: its JSON and its type, `FHIR.Quantity`. */
export class FhirElement {
  readonly type: string
  readonly json: unknown

  constructor(type: string, json: unknown) {
    this.type = type
    this.json = json
  }
}
