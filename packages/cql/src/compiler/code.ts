import { system, type StaticType } from '../elm/static-type.ts'
import type { FhirElementType } from '../fhir/fhir-types.ts'

/** A compiled expression: a name or literal of JavaScript that holds its value, and the type that is known of it. */
export interface Code {
  /** Reading it may write the line that computes it. */
  readonly js: string
  readonly type: StaticType
  /** An element `value[x]` that nobody read yet: the JSON object that has it. */
  readonly choice?: { readonly object: string; readonly element: FhirElementType }
  /** A primitive where it stands in a record: the JSON object that has it, which has its id and extensions under `_name`. */
  readonly primitive?: { readonly object: string; readonly name: string }
}

export const code = (js: string, type: StaticType): Code => ({ js, type })

export const nullCode = (type: StaticType = system.any): Code => ({ js: 'null', type })

export const isLiteral = (value: Code, literal: 'null' | 'true' | 'false'): boolean => value.choice === undefined && value.js === literal
