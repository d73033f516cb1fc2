/**
 * Types of CQL as the compiler knows them (CQL 1.5, "Types"; ELM type specifiers). Equal types are the same object,
 * so `===` compares them; `text` is the type in CQL's words and its identity.
 */
export type StaticType = NamedType | ListType | IntervalType | TupleType | ChoiceType

export interface NamedType {
  readonly kind: 'named'
  readonly text: string
  /** `System.Integer`, `FHIR.Observation`. */
  readonly name: string
}
export interface ListType {
  readonly kind: 'list'
  readonly text: string
  readonly element: StaticType
}
export interface IntervalType {
  readonly kind: 'interval'
  readonly text: string
  readonly point: StaticType
}
export interface TupleType {
  readonly kind: 'tuple'
  readonly text: string
  readonly elements: ReadonlyMap<string, StaticType>
}
export interface ChoiceType {
  readonly kind: 'choice'
  readonly text: string
  /** At least two, none of them a choice, in the order first met. */
  readonly choices: readonly StaticType[]
}

const known = new Map<string, StaticType>()

/** Types of published measures take a few hundred characters; tuples of tuples of themselves double. */
const longest = 100_000

function same<T extends StaticType>(type: T): T {
  if (type.text.length > longest) throw new RangeError('A type is made of itself over and over.')
  const found = known.get(type.text)
  if (found) return found as T
  known.set(type.text, type)
  return type
}

export const named = (name: string): NamedType => same({ kind: 'named', text: name, name })
export const listOf = (element: StaticType): ListType => same({ kind: 'list', text: `List<${element.text}>`, element })
export const intervalOf = (point: StaticType): IntervalType => same({ kind: 'interval', text: `Interval<${point.text}>`, point })
export const tupleOf = (elements: ReadonlyMap<string, StaticType>): TupleType =>
  same({ kind: 'tuple', text: `Tuple{${[...elements].map(([name, type]) => `${JSON.stringify(name)} ${type.text}`).join(',')}}`, elements })

/** A choice of types; of one type, that type. Choices within are spread. */
export function choiceOf(types: readonly StaticType[]): StaticType {
  const flat = new Set(types.flatMap((type) => (type.kind === 'choice' ? type.choices : [type])))
  if (flat.size === 0 || flat.has(system.any)) return system.any
  const choices = [...flat]
  if (choices.length === 1) return choices[0]!
  return same({ kind: 'choice', text: `Choice<${choices.map((type) => type.text).join(',')}>`, choices })
}

const systemType = (name: string): NamedType => named(`System.${name}`)

export const system = {
  any: systemType('Any'),
  boolean: systemType('Boolean'),
  integer: systemType('Integer'),
  long: systemType('Long'),
  decimal: systemType('Decimal'),
  string: systemType('String'),
  date: systemType('Date'),
  dateTime: systemType('DateTime'),
  time: systemType('Time'),
  quantity: systemType('Quantity'),
  ratio: systemType('Ratio'),
  code: systemType('Code'),
  concept: systemType('Concept'),
  valueSet: systemType('ValueSet'),
  codeSystem: systemType('CodeSystem'),
} as const

/** The type both values of an `if` have: one of the two when the other is or becomes it, else their choice. */
export function unify(a: StaticType, b: StaticType): StaticType {
  if (a === b) return a
  if (a.kind === 'list' && b.kind === 'list') return listOf(unify(a.element, b.element))
  if (a.kind === 'interval' && b.kind === 'interval') {
    if (a.point === system.any) return b
    if (b.point === system.any) return a
  }
  return choiceOf([a, b])
}
