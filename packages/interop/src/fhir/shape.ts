import type { ByteTable } from './byte-table.ts'

/** What an object of one FHIR type may hold. */
export interface Shape extends Followed {
  readonly name: string
  readonly elements: ByteTable<Element>
  /** Bits of the required elements, and the names behind all bits. */
  required: Bits
  readonly names: readonly string[]
}

/** One JSON property of a shape; each type of a choice (`valueQuantity`, `valueString`) is one, all on the same bit. */
export interface Element extends Followed {
  /** The JSON name, `_birthDate` included. */
  readonly name: string
  readonly kind: Kind
  readonly shape: Shape | null
  readonly isArray: boolean
  readonly bit: number
  /** `_name`: carries the extensions of the primitive `name`. */
  readonly isSibling: boolean
  /** Of a `code`: the allowed ones. */
  readonly codes: ByteTable<string> | null
  /** Of a CodeableConcept: the codes its HL7 system may carry here. */
  readonly conceptCodes: { readonly system: string; readonly codes: ReadonlySet<string> } | null
  keep: Keep
  /** Left out even where everything is kept: extraction never reads it. */
  readonly isIdle: boolean
  /** `"name":` as most senders write it, without white space. */
  readonly key: Buffer
}

/** Senders keep an order: the element that came next (in a shape: first) the last time is tried before looking it up. */
export interface Followed {
  next: Element | null
}

/** Up to 62 element bits, 31 to a word: JavaScript's bit operators work on small integers without allocation. */
export interface Bits {
  readonly low: number
  readonly high: number
}

/** Whether the reader makes a value of an element: not at all, as far as its own elements say, or with all below it. */
export type Keep = 0 | 1 | 2
export const SKIP = 0
export const SOME = 1
export const ALL = 2

export type Kind = (typeof KIND)[keyof typeof KIND]
export const KIND = {
  object: 0,
  resource: 1,
  any: 2,
  boolean: 3,
  decimal: 4,
  integer: 5,
  positiveInt: 6,
  unsignedInt: 7,
  string: 8,
  code: 9,
  id: 10,
  uri: 11,
  base64Binary: 12,
  date: 13,
  dateTime: 14,
  instant: 15,
  time: 16,
  reference: 17,
} as const
