import type { Decimal } from './decimal.ts'

/** CQL Quantity: `unit` is UCUM (`'1'` when none was written) or a calendar duration (`day`, `days`); Reference, Quantity. */
export class Quantity {
  readonly value: Decimal
  readonly unit: string

  constructor(value: Decimal, unit: string) {
    this.value = value
    this.unit = unit
  }

  toString(): string {
    return `${this.value.toString()} '${this.unit}'`
  }
}

/** CQL Ratio (Reference, Ratio). */
export class Ratio {
  readonly numerator: Quantity
  readonly denominator: Quantity

  constructor(numerator: Quantity, denominator: Quantity) {
    this.numerator = numerator
    this.denominator = denominator
  }

  toString(): string {
    return `${this.numerator.toString()}:${this.denominator.toString()}`
  }
}

/** CQL Code (Reference, Code). */
export class Code {
  readonly code: string | null
  readonly system: string | null
  readonly version: string | null
  readonly display: string | null

  constructor(code: string | null, system: string | null = null, version: string | null = null, display: string | null = null) {
    this.code = code
    this.system = system
    this.version = version
    this.display = display
  }
}

/** CQL Concept (Reference, Concept). */
export class Concept {
  readonly codes: readonly (Code | null)[] | null
  readonly display: string | null

  constructor(codes: readonly (Code | null)[] | null, display: string | null = null) {
    this.codes = codes
    this.display = display
  }
}

/** CQL CodeSystem: a reference, never a definition (Reference, CodeSystem). */
export class CodeSystem {
  readonly id: string | null
  readonly version: string | null
  readonly name: string | null

  constructor(id: string | null, version: string | null = null, name: string | null = null) {
    this.id = id
    this.version = version
    this.name = name
  }
}

/** CQL ValueSet: a reference, never an expansion (Reference, ValueSet). */
export class ValueSet {
  readonly id: string | null
  readonly version: string | null
  readonly name: string | null
  readonly codesystems: readonly CodeSystem[] | null

  constructor(
    id: string | null,
    version: string | null = null,
    name: string | null = null,
    codesystems: readonly CodeSystem[] | null = null,
  ) {
    this.id = id
    this.version = version
    this.name = name
    this.codesystems = codesystems
  }
}

/** CQL Tuple: elements by name; an element that is absent is null. */
export class Tuple {
  readonly elements: Readonly<Record<string, unknown>>

  constructor(elements: Readonly<Record<string, unknown>>) {
    this.elements = elements
  }
}
