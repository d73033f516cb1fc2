import { isNode, isObject, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { boundsWhere } from './condition-bounds.ts'
import { both, either, type DateBounds } from './date-bound.ts'
import { Reach } from './reach.ts'
import { bodiesOf, homeIn, topOf, withAlias, type Scope } from './scope.ts'
import { Steps } from './steps.ts'
import { AnyItem } from './time-value.ts'

const nothingKnown: DateBounds = []

/** Of a condition so many parts are looked at, of a measure so many expressions. */
const [mostOfCondition, mostExpressions] = [5_000, 200_000]

/**
 * Of each retrieve that some definitions reach, what must be so of the dates of a record for it to matter to any of them. An item that a
 * query's `where` cannot keep is nothing to whoever asks the query: so each list is followed from where it is used down to its retrieves,
 * and what is asked on the way is kept as far as it is asked in every use.
 */
export function retrieveBounds(library: LinkedLibrary, definitions: readonly string[]): ReadonlyMap<ElmNode, DateBounds> {
  const walk = new Walk()
  for (const name of definitions) walk.definition(library, name, nothingKnown)
  return walk.isWhole ? walk.found : new Map()
}

class Walk {
  readonly found = new Map<ElmNode, DateBounds>()
  readonly #steps = new Steps(mostExpressions)
  readonly #reach = new Reach()
  readonly #seen = new Set<string>()
  readonly #libraries = new Map<LinkedLibrary, number>()
  #isCut = false

  /** Whether every use was followed. */
  get isWhole(): boolean {
    return !this.#isCut && !this.#steps.exhausted
  }

  definition(library: LinkedLibrary, name: string, wanted: DateBounds): void {
    const number = this.#libraries.get(library) ?? this.#libraries.size
    this.#libraries.set(library, number)
    const key = JSON.stringify([number, name, wanted])
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#visit(library.definitions.get(name)?.expression, topOf(library), wanted)
  }

  /** Goes on into an expression of whose list only the items within bounds matter. */
  #visit(part: unknown, scope: Scope, wanted: DateBounds): void {
    if (Array.isArray(part)) {
      for (const one of part as readonly unknown[]) this.#visit(one, scope, nothingKnown)
      return
    }
    if (!isObject(part) || !this.#reach.reaches(part, scope)) return
    const done = this.#steps.inside(false, () => {
      if (isNode(part)) this.#visitNode(part, scope, wanted)
      else this.#visitParts(part, scope)
      return true
    })
    if (!done) this.#isCut = true
  }

  #visitNode(node: ElmNode, scope: Scope, wanted: DateBounds): void {
    switch (node.type) {
      case 'Retrieve': {
        const known = this.found.get(node)
        this.found.set(node, known ? either(known, wanted) : wanted)
        return this.#visitParts(node, scope)
      }
      case 'Query':
        return this.#query(node, scope, wanted)
      // Records are told apart by type and id, so what is not wanted of either side is not wanted of the other.
      case 'Union':
      case 'Intersect':
      case 'Except':
        return objectsPart(node, 'operand').forEach((operand) => this.#visit(operand, scope, wanted))
      case 'As':
      case 'Distinct':
        return this.#visit(node.operand, scope, wanted)
      case 'ExpressionRef': {
        const home = homeIn(scope.library, node)
        return home && this.definition(home, textPart(node, 'name') ?? '', wanted)
      }
      case 'FunctionRef': {
        const bodies = bodiesOf(node, scope)
        if (bodies.length === 0) return this.#visitParts(node, scope)
        return bodies.forEach(({ overload, scope: body }) => this.#visit(overload.expression, body, wanted))
      }
      case 'OperandRef': {
        const operand = scope.operands.get(textPart(node, 'name') ?? '')
        return operand && this.#visit(operand.node, operand.scope, wanted)
      }
      default:
        return this.#visitParts(node, scope)
    }
  }

  /** Of what is not known to hand on its items, all matter. */
  #visitParts(node: Readonly<Record<string, unknown>>, scope: Scope): void {
    for (const [name, part] of Object.entries(node)) {
      if (typeof part === 'object' && part !== null && name !== 'annotation' && name !== 'signature') this.#visit(part, scope, nothingKnown)
    }
  }

  #query(node: ElmNode, outer: Scope, wanted: DateBounds): void {
    const items = objectsPart(node, 'source').map((source) => ({ source, item: new AnyItem(textPart(source, 'alias') ?? '') }))
    let scope = items.reduce((within, { item }) => withAlias(within, item.alias, item), outer)
    for (const part of objectsPart(node, 'let')) {
      this.#visit(part.expression, scope, nothingKnown)
      scope = withAlias(scope, textPart(part, 'identifier') ?? '', { node: part.expression, scope })
    }
    const asked = items.map(({ item }) => boundsWhere(node.where, item, scope, new Steps(mostOfCondition)))
    for (const part of objectsPart(node, 'relationship')) {
      const partner = new AnyItem(textPart(part, 'alias') ?? '')
      const related = withAlias(scope, partner.alias, partner)
      this.#visit(part.expression, scope, boundsWhere(part.suchThat, partner, related, new Steps(mostOfCondition)))
      this.#visit(part.suchThat, related, nothingKnown)
      // Whoever has no partner is not kept by a With; without one a Without keeps everybody.
      if (part.type !== 'With') continue
      items.forEach(({ item }, index) => {
        asked[index] = both(asked[index]!, boundsWhere(part.suchThat, item, related, new Steps(mostOfCondition)))
      })
    }
    items.forEach(({ source, item }, index) => {
      this.#visit(source.expression, outer, returnsItem(node, item) ? both(asked[index]!, wanted) : asked[index]!)
    })
    this.#visit(node.where, scope, nothingKnown)
    this.#visit(node.return, scope, nothingKnown)
    const rest = [node.aggregate, node.sort]
    rest.forEach((part) => this.#visit(part, scope, nothingKnown))
  }
}

/** Whether a query's items are those of its only source. */
function returnsItem(node: ElmNode, { alias }: AnyItem): boolean {
  if (objectsPart(node, 'source').length !== 1 || isObject(node.aggregate)) return false
  if (!isObject(node.return)) return true
  let returned = node.return.expression
  while (isNode(returned) && returned.type === 'As') returned = returned.operand
  return isNode(returned) && returned.type === 'AliasRef' && returned.name === alias
}
