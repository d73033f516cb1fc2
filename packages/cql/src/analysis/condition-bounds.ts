import { isNode, textPart, type ElmNode } from '../elm/elm-node.ts'
import { both, either, type DateBound, type DateBounds, type RelativeMoment } from './date-bound.ts'
import { bodiesOf, homeIn, topOf, type Scope } from './scope.ts'
import type { Steps } from './steps.ts'
import { timeOf } from './time-of.ts'
import { AnyItem, ends, type PointSource } from './time-value.ts'

/** What must be so of an item's dates wherever a condition is true of it (necessary, not sufficient). */
export function boundsWhere(condition: unknown, item: AnyItem, scope: Scope, steps: Steps): DateBounds {
  return isNode(condition) ? steps.inside<DateBounds>([], () => boundsIn(condition, item, scope, steps)) : []
}

function boundsIn(node: ElmNode, item: AnyItem, scope: Scope, steps: Steps): DateBounds {
  const of = (part: unknown, within = scope): DateBounds => boundsWhere(part, item, within, steps)
  const operands = Array.isArray(node.operand) ? (node.operand as readonly unknown[]) : []
  switch (node.type) {
    case 'And':
      return operands.map((operand) => of(operand)).reduce(both, [])
    case 'Or':
    case 'Xor':
      return operands.map((operand) => of(operand)).reduce(either)
    case 'IsTrue':
      return of(node.operand)
    case 'If':
      return either(both(of(node.condition), of(node.then)), of(node.else))
    case 'QueryLetRef':
    case 'IdentifierRef':
    case 'AliasRef': {
      const means = scope.aliases.get(textPart(node, 'name') ?? '')
      return means && !(means instanceof AnyItem) ? of(means.node, means.scope) : []
    }
    case 'OperandRef': {
      const operand = scope.operands.get(textPart(node, 'name') ?? '')
      return operand ? of(operand.node, operand.scope) : []
    }
    case 'ExpressionRef': {
      const home = homeIn(scope.library, node)
      return home ? of(home.definitions.get(textPart(node, 'name') ?? '')?.expression, topOf(home)) : []
    }
    case 'FunctionRef': {
      const found = bodiesOf(node, scope).map(({ overload, scope: body }) => of(overload.expression, body))
      return found.length === 0 ? [] : found.reduce(either)
    }
    default:
      return comparison(node, operands, item, scope, steps)
  }
}

/** Which ends of the left interval must lie on which side of which end of the right one, at the least. A point is both ends. */
interface Relation {
  readonly low?: { readonly atLeast?: 'low' | 'high'; readonly atMost?: 'low' | 'high' }
  readonly high?: { readonly atLeast?: 'low' | 'high'; readonly atMost?: 'low' | 'high' }
}

const inside: Relation = { low: { atLeast: 'low', atMost: 'high' }, high: { atLeast: 'low', atMost: 'high' } }
const around: Relation = { low: { atMost: 'low' }, high: { atLeast: 'high' } }
const overlapping: Relation = { low: { atMost: 'high' }, high: { atLeast: 'low' } }
const earlier: Relation = { low: { atMost: 'low' }, high: { atMost: 'low' } }
const later: Relation = { low: { atLeast: 'high' }, high: { atLeast: 'high' } }

/** CQL 1.5, Appendix B, "Interval Operators" and "Date and Time Operators". */
const relations: Readonly<Record<string, readonly [ofLeft: Relation, ofRight: Relation]>> = {
  ...{ In: [inside, around], IncludedIn: [inside, around], ProperIn: [inside, around], ProperIncludedIn: [inside, around] },
  ...{ Contains: [around, inside], Includes: [around, inside], ProperContains: [around, inside], ProperIncludes: [around, inside] },
  ...{ Overlaps: [overlapping, overlapping], OverlapsBefore: [overlapping, overlapping], OverlapsAfter: [overlapping, overlapping] },
  ...{ SameAs: [inside, inside], Equal: [inside, inside], Equivalent: [inside, inside] },
  ...{ Before: [earlier, later], SameOrBefore: [earlier, later], Less: [earlier, later], LessOrEqual: [earlier, later] },
  ...{ After: [later, earlier], SameOrAfter: [later, earlier], Greater: [later, earlier], GreaterOrEqual: [later, earlier] },
}

function comparison(node: ElmNode, operands: readonly unknown[], item: AnyItem, scope: Scope, steps: Steps): DateBounds {
  const relation = relations[node.type]
  if (!relation || operands.length !== 2) return []
  const [left, right] = operands.map((operand) => ends(timeOf(operand, scope, steps)))
  const slack = slackOf(textPart(node, 'precision'))
  return both(related(left!, relation[0], right!, item, slack), related(right!, relation[1], left!, item, slack))
}

/** Years and months are compared whole: what is in the same one may lie that far off. */
const slackOf = (precision: string | null): number => (precision === 'Year' ? 12 : precision === 'Month' ? 1 : 0)

type Ends = ReturnType<typeof ends>

function related(own: Ends, relation: Relation, other: Ends, item: AnyItem, slack: number): DateBounds {
  return (['low', 'high'] as const).flatMap((end) => {
    const [point, asked] = [own[end], relation[end]]
    if (point?.kind !== 'record' || point.item !== item || !asked) return []
    const from = asked.atLeast ? momentsOf(other[asked.atLeast], point, -slack) : []
    const to = asked.atMost ? momentsOf(other[asked.atMost], point, slack) : []
    const bound: DateBound = { paths: point.paths, from, to }
    return from.length > 0 || to.length > 0 ? [bound] : []
  })
}

function momentsOf(of: PointSource | null, { months, days }: PointSource & { readonly kind: 'record' }, slack: number): RelativeMoment[] {
  if (of?.kind !== 'relative') return []
  return of.moments.map((moment) => ({ anchor: moment.anchor, months: moment.months - months + slack, days: moment.days - days }))
}
