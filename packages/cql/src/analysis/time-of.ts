import { isNode, isObject, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { typeOfSpecifier, namedTypeOf } from '../elm/type-specifier.ts'
import { intervalOf, system, type StaticType } from '../elm/static-type.ts'
import { fhirTypes } from '../front-end/fhir-model.ts'
import { bodiesOf, homeIn, topOf, withAlias, type Closure, type Scope } from './scope.ts'
import type { Steps } from './steps.ts'
import {
  AnyItem,
  elementPoint,
  endOf,
  isThere,
  maybe,
  moment,
  moved,
  nothing,
  oneOf,
  pointOf,
  readFrom,
  unknown,
  widest,
  type Gap,
  type PointSource,
  type TimeValue,
} from './time-value.ts'

/** Nodes that change how a time is written or its precision, and no day of it. */
const passing = new Set(['DateFrom', 'ToDate', 'ToDateTime', 'Predecessor', 'Successor'])
/** What an element that is judged by its dates is: FHIR values of other types may always matter. */
const dateTimes = intervalOf(system.dateTime)
const wholes = [
  ['FHIR.dateTime', 'FHIR.Period'],
  [system.dateTime.text, dateTimes.text],
]
const judged = new Set(wholes.flat())

type Element = TimeValue & { readonly kind: 'element' }

/** What is known of a temporal expression: which element of which record, or which moment of the measurement period. */
export function timeOf(node: unknown, scope: Scope, steps: Steps): TimeValue {
  return isNode(node) ? steps.inside(unknown, () => timeIn(node, scope, steps)) : unknown
}

function timeIn(node: ElmNode, scope: Scope, steps: Steps): TimeValue {
  const inside = (part: unknown): TimeValue => timeOf(part, scope, steps)
  if (passing.has(node.type)) return asPoint(inside(node.operand))
  switch (node.type) {
    case 'Null':
      return nothing
    case 'AliasRef':
    case 'QueryLetRef':
    case 'IdentifierRef':
      return named(textPart(node, 'name'), scope, steps)
    case 'OperandRef': {
      const operand = scope.operands.get(textPart(node, 'name') ?? '')
      return operand ? valueOf(operand, scope, steps) : unknown
    }
    case 'ParameterRef':
      return node.name === 'Measurement Period' ? { kind: 'interval', low: moment('start'), high: moment('end'), gap: 'none' } : unknown
    case 'ExpressionRef': {
      const home = homeIn(scope.library, node)
      const definition = home?.definitions.get(textPart(node, 'name') ?? '')
      return home && definition ? timeOf(definition.expression, topOf(home), steps) : unknown
    }
    case 'Property':
      return property(node, scope, steps)
    case 'Start':
      return endOf(inside(node.operand), 'low')
    case 'End':
      return endOf(inside(node.operand), 'high')
    case 'As':
      return asType(inside(node.operand), typeOfSpecifier(node.asTypeSpecifier) ?? namedTypeOf(node.asType), scope)
    case 'Interval':
      return interval(inside(node.low), inside(node.high))
    case 'If':
      return branches([{ when: node.condition, then: node.then }], node.else, scope, steps)
    case 'Case':
      if (isNode(node.comparand)) return unknown
      return branches(
        objectsPart(node, 'caseItem').map(({ when, then }) => ({ when, then })),
        node.else,
        scope,
        steps,
      )
    case 'Coalesce':
      return operands(node).map(inside).reduce(oneOf)
    case 'Add':
    case 'Subtract':
      return sum(node, scope, steps)
    case 'Query':
      return single(node, scope, steps)
    case 'FunctionRef':
      return call(node, scope, steps)
    default:
      return unknown
  }
}

const operands = (node: ElmNode): readonly unknown[] => (Array.isArray(node.operand) ? (node.operand as readonly unknown[]) : [])

function named(name: string | null, scope: Scope, steps: Steps): TimeValue {
  const means = scope.aliases.get(name ?? '')
  if (means instanceof AnyItem) return { kind: 'item', item: means }
  return means ? valueOf(means, scope, steps) : unknown
}

const valueOf = ({ node, scope, value }: Closure, { types }: Scope, steps: Steps): TimeValue =>
  value ?? timeOf(node, { ...scope, types }, steps)

function asPoint(value: TimeValue): TimeValue {
  if (value.kind === 'null') return nothing
  const at = pointOf(value)
  return at ? { kind: 'point', at } : unknown
}

function property(node: ElmNode, scope: Scope, steps: Steps): TimeValue {
  const alias = textPart(node, 'scope')
  const owner = alias === null ? timeOf(node.source, scope, steps) : named(alias, scope, steps)
  const [first, ...rest] = (textPart(node, 'path') ?? '').split('.')
  if (owner.kind === 'item' && first) return rest.reduce<TimeValue>((value, part) => partOf(value, part, scope), element(owner.item, first))
  if (owner.kind === 'element' || owner.kind === 'point')
    return [first!, ...rest].reduce<TimeValue>((value, part) => partOf(value, part, scope), owner)
  if (owner.kind === 'interval' && rest.length === 0 && (first === 'low' || first === 'high')) return endOf(owner, first)
  return owner.kind === 'null' ? nothing : unknown
}

const element = (item: AnyItem, path: string): TimeValue => ({ kind: 'element', item, path, gap: 'none' })

/** The value of a dateTime, the ends of a Period; null where the element is the other of the two. */
function partOf(value: TimeValue, part: string, scope: Scope): TimeValue {
  if (value.kind === 'point' && part === 'value') return value
  if (value.kind !== 'element') return unknown
  if (part === 'value') {
    const point: TimeValue = { kind: 'point', at: elementPoint(value) }
    return isCertainly('FHIR.dateTime', value, scope) || !isChoice(value.path) ? point : maybe(point)
  }
  if (part !== 'start' && part !== 'end') return unknown
  const end: TimeValue = { kind: 'point', at: { ...elementPoint(value), gap: widest(value.gap, part) } }
  return isChoice(value.path) && !isCertainly('FHIR.Period', value, scope) ? maybe(end) : end
}

/** Whether a Case around has asked whether the element is of that type. */
const isCertainly = (type: string, value: Element, scope: Scope): boolean => scope.types.get(keyOf(value)) === type

let choices: Set<string> | undefined
/** Whether elements of this name are `name[x]` in any resource. */
function isChoice(path: string): boolean {
  choices ??= new Set(
    [...fhirTypes().values()].flatMap(({ elements }) => [...elements].flatMap(([name, { names }]) => (names.length > 1 ? [name] : []))),
  )
  return choices.has(path)
}

/** A cast leaves a value what it is where a Case has asked for that type; else it may make it null. */
function asType(value: TimeValue, type: StaticType | null, scope: Scope): TimeValue {
  if (type?.kind === 'choice' && wholes.some((whole) => whole.every((one) => type.choices.some(({ text }) => text === one)))) return value
  switch (value.kind) {
    case 'point':
      return type === system.dateTime ? value : maybe(value)
    case 'either': {
      const from = readFrom(value)
      const isAsked = from !== null && type !== null && scope.types.get(keyOf(from)) === type.text
      if (type !== system.dateTime && type !== dateTimes) return unknown
      const found: TimeValue = type === dateTimes ? value.interval : { kind: 'point', at: value.point }
      return isAsked ? found : maybe(found)
    }
    case 'element':
      return type !== null && isCertainly(type.text, value, scope) ? value : maybe(value)
    default:
      return value
  }
}

/** A query over one value is its return. */
function single(node: ElmNode, scope: Scope, steps: Steps): TimeValue {
  const [source, ...others] = objectsPart(node, 'source')
  const asks = [node.where, node.aggregate, node.sort].some(isObject) || objectsPart(node, 'relationship').length > 0
  if (!source || others.length > 0 || asks || !isObject(node.return) || objectsPart(node, 'let').length > 0) return unknown
  const value = timeOf(source.expression, scope, steps)
  if (value.kind === 'unknown' || value.kind === 'item' || value.kind === 'null') return unknown
  return timeOf(node.return.expression, withAlias(scope, textPart(source, 'alias') ?? '', { node: source.expression, scope, value }), steps)
}

const keys = new WeakMap<AnyItem, number>()
let count = 0
function keyOf({ item, path }: Pick<Element, 'item' | 'path'>): string {
  const number = keys.get(item) ?? ++count
  keys.set(item, number)
  return `${number} ${path}`
}

/** A bound that is missing or null makes an interval open to all times on that side. */
function interval(low: TimeValue, high: TimeValue): TimeValue {
  const certain = (value: TimeValue, gap: Gap): PointSource | null => {
    const at = pointOf(value)
    return at && (at.gap === 'none' || at.gap === gap) ? at : null
  }
  const [from, to] = [certain(low, 'start'), certain(high, 'end')]
  return from || to ? { kind: 'interval', low: from, high: to, gap: 'none' } : unknown
}

interface Branch {
  readonly when: unknown
  readonly then: unknown
}

/**
 * One of several values. Elements that are judged are a dateTime or a Period, as System values a DateTime or an interval of them: branches
 * for other types are never taken, and once both were asked for, none of those that follow.
 */
function branches(cases: readonly Branch[], otherwise: unknown, scope: Scope, steps: Steps): TimeValue {
  const values: TimeValue[] = []
  const asked = new Map<string, Set<string>>()
  for (const { when, then } of cases) {
    if (isNeverNull(when, scope, steps)) continue
    const test = typeTest(when, scope, steps)
    if (!test) {
      values.push(timeOf(then, scope, steps))
      continue
    }
    if (!judged.has(test.type)) continue
    values.push(timeOf(then, { ...scope, types: new Map([...scope.types, [test.key, test.type]]) }, steps))
    const types = asked.get(test.key) ?? new Set()
    asked.set(test.key, types.add(test.type))
    if (types.size === 2) return values.reduce(oneOf)
  }
  return [...values, timeOf(otherwise, scope, steps)].reduce(oneOf)
}

/** Whether a condition asks for null of something that is there. */
const isNeverNull = (when: unknown, scope: Scope, steps: Steps): boolean =>
  isNode(when) && when.type === 'IsNull' && isThere(timeOf(when.operand, scope, steps))

function typeTest(node: unknown, scope: Scope, steps: Steps): { readonly key: string; readonly type: string } | null {
  if (!isNode(node) || node.type !== 'Is') return null
  const type = typeOfSpecifier(node.isTypeSpecifier) ?? namedTypeOf(node.isType)
  const value = timeOf(node.operand, scope, steps)
  const asked = value.kind === 'element' && isChoice(value.path) && type?.text.startsWith('FHIR.') ? value : readFrom(value)
  return asked && type && type.kind !== 'choice' && type !== system.any ? { key: keyOf(asked), type: type.text } : null
}

/** Units that move a date by a fixed number of months or days. */
const months: Readonly<Record<string, number>> = { year: 12, years: 12, month: 1, months: 1 }
const days: Readonly<Record<string, number>> = {
  ...{ week: 7, weeks: 7, day: 1, days: 1, d: 1, wk: 7 },
  ...{ hour: 1 / 24, hours: 1 / 24, h: 1 / 24, minute: 1 / 1440, minutes: 1 / 1440, min: 1 / 1440 },
  ...{ second: 0, seconds: 0, s: 0, millisecond: 0, milliseconds: 0, ms: 0 },
}

function sum(node: ElmNode, scope: Scope, steps: Steps): TimeValue {
  const [time, by] = operands(node)
  if (!isNode(by) || by.type !== 'Quantity' || typeof by.value !== 'number' || typeof by.unit !== 'string') return unknown
  const amount = node.type === 'Add' ? by.value : -by.value
  const value = timeOf(time, scope, steps)
  if (!Number.isInteger(by.value) || Math.abs(by.value) > 10_000) return unknown
  if (Object.hasOwn(months, by.unit)) return moved(value, amount * months[by.unit]!, 0)
  return Object.hasOwn(days, by.unit) && days[by.unit]! > 0 ? moved(value, 0, amount * days[by.unit]!) : unknown
}

/** A function of the package: what any of its overloads gives for these operands. */
function call(node: ElmNode, scope: Scope, steps: Steps): TimeValue {
  const args = operands(node).map((operand) => timeOf(operand, scope, steps))
  if (args.some(({ kind }) => kind === 'unknown') || args.length !== 1) return unknown
  const [only] = args
  const found = bodiesOf(node, scope, args).flatMap(({ overload, scope: body }) => {
    const [declared] = objectsPart(overload, 'operand').map(
      (operand) => isObject(operand) && (typeOfSpecifier(operand.operandTypeSpecifier) ?? namedTypeOf(operand.operandType)),
    )
    // An element that is judged is of none of the types that other overloads are for.
    if (only!.kind === 'element' && declared && declared.kind === 'named' && !temporal.has(declared.name)) return []
    const types =
      only!.kind === 'element' && only!.gap === 'none' && declared && declared.kind === 'named' && !isChoice(only!.path)
        ? new Map([...body.types, [keyOf(only!), declared.name]])
        : body.types
    return [timeOf(overload.expression, { ...body, types }, steps)]
  })
  return found.length === 0 ? unknown : found.reduce(oneOf)
}

const temporal = new Set(['FHIR.dateTime', 'FHIR.date', 'FHIR.instant', 'FHIR.Period', 'System.DateTime', 'System.Date', 'System.Any'])
