import { objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import { operandTypes } from '../elm/operand-types.ts'
import { typeOfSpecifier } from '../elm/type-specifier.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import type { AnyItem, TimeValue } from './time-value.ts'

/** An expression with the names that it can use: what an alias of `let` or an operand stands for. */
export interface Closure {
  readonly node: unknown
  readonly scope: Scope
  /** What is known of its value already. */
  readonly value?: TimeValue
}

/** Where an expression stands. */
export interface Scope {
  readonly library: LinkedLibrary
  readonly operands: ReadonlyMap<string, Closure>
  readonly aliases: ReadonlyMap<string, AnyItem | Closure>
  /** Elements whose type a surrounding Case has asked for: `alias path` to the type. */
  readonly types: ReadonlyMap<string, string>
}

export const topOf = (library: LinkedLibrary): Scope => ({ library, operands: new Map(), aliases: new Map(), types: new Map() })

export const withAlias = (scope: Scope, name: string, means: AnyItem | Closure): Scope => ({
  ...scope,
  aliases: new Map([...scope.aliases, [name, means]]),
})

/** The library that a reference in a library means; undefined where the package has none such. */
export const homeIn = (library: LinkedLibrary, node: ElmNode): LinkedLibrary | undefined => {
  const name = textPart(node, 'libraryName')
  return name === null ? library : library.includes.get(name)
}

/** Bodies that a call may mean: the overload of its signature, else every one of that many operands. */
export function bodiesOf(
  node: ElmNode,
  scope: Scope,
  values: readonly TimeValue[] = [],
): { readonly overload: ElmNode; readonly scope: Scope }[] {
  const home = homeIn(scope.library, node)
  if (!home) return []
  const args = objectsPart(node, 'operand')
  const overloads = (home.functions.get(textPart(node, 'name') ?? '') ?? []).filter(
    (overload) => objectsPart(overload, 'operand').length === args.length,
  )
  const signature = objectsPart(node, 'signature').map(typeOfSpecifier)
  const meant = overloads.filter((overload) => operandTypes(overload).every((type, index) => type !== null && type === signature[index]))
  return (meant.length === 1 && args.length > 0 ? meant : overloads).map((overload) => {
    const names = objectsPart(overload, 'operand').map((operand) => textPart(operand, 'name') ?? '')
    const operands = new Map(
      names.map((name, index): [string, Closure] => [name, { node: args[index], scope, ...(values[index] && { value: values[index] }) }]),
    )
    // What was asked of elements where the call stands is still so inside.
    return { overload, scope: { ...topOf(home), operands, types: scope.types } }
  })
}
