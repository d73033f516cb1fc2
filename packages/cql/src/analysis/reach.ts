import { isNode, isObject, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { homeIn, type Closure, type Scope } from './scope.ts'

/** What an expression gets to: records by itself, or only what its operands stand for. */
interface Reached {
  readonly records: boolean
  readonly operands: boolean
}

const none: Reached = { records: false, operands: false }

/** Which expressions get to records at all: most of a library is about values, and a walk that looks for retrieves leaves that out. */
export class Reach {
  readonly #known = new WeakMap<object, Reached>()
  readonly #closures = new WeakMap<Closure, boolean>()

  reaches(part: unknown, scope: Scope): boolean {
    const { records, operands } = this.#of(part, scope.library)
    return records || (operands && [...scope.operands.values()].some((operand) => this.#closure(operand)))
  }

  #closure(closure: Closure): boolean {
    const known = this.#closures.get(closure)
    if (known !== undefined) return known
    const found = this.reaches(closure.node, closure.scope)
    this.#closures.set(closure, found)
    return found
  }

  #of(part: unknown, library: LinkedLibrary): Reached {
    if (typeof part !== 'object' || part === null) return none
    const known = this.#known.get(part)
    if (known) return known
    // What leads back to itself is taken to reach records: the walk stops there by its own limits.
    this.#known.set(part, { records: true, operands: true })
    const found = this.#find(part, library)
    this.#known.set(part, found)
    return found
  }

  #find(part: object, library: LinkedLibrary): Reached {
    const own = Object.entries(part)
      .filter(([name]) => name !== 'annotation' && name !== 'signature' && !/TypeSpecifier$/.test(name))
      .map(([, value]) => this.#of(value, library))
    const referred = isObject(part) && isNode(part) ? this.#referred(part, library) : none
    const all = [...own, referred]
    return { records: all.some(({ records }) => records), operands: all.some(({ operands }) => operands) }
  }

  #referred(node: ElmNode, library: LinkedLibrary): Reached {
    // Everybody has one Patient, whatever its dates; ages lead to it everywhere.
    if (node.type === 'Retrieve') return { records: node.dataType !== '{http://hl7.org/fhir}Patient', operands: false }
    if (node.type === 'OperandRef') return { records: false, operands: true }
    if (node.type !== 'ExpressionRef' && node.type !== 'FunctionRef') return none
    const home = homeIn(library, node)
    if (!home) return none
    const name = textPart(node, 'name') ?? ''
    if (node.type === 'ExpressionRef') return { ...this.#of(home.definitions.get(name)?.expression, home), operands: false }
    const bodies = (home.functions.get(name) ?? []).filter(
      (overload) => objectsPart(overload, 'operand').length === objectsPart(node, 'operand').length,
    )
    // What a body does with its operands is what they are, and they stand in the call.
    return { records: bodies.some(({ expression }) => this.#of(expression, home).records), operands: false }
  }
}
