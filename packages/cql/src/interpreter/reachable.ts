import type { ElmDefinition, ElmLibrary } from '../front-end/translation.ts'
import { elmNodes, type ElmNode } from './elm-walk.ts'

/** A definition or function of a library. */
export interface Reached {
  readonly library: ElmLibrary
  readonly definition: ElmDefinition
}

/** Everything that definitions of the first library reach through references, in any library; overloads all count. */
export function reachable(libraries: readonly ElmLibrary[], names: readonly string[]): Reached[] {
  const reached = new Map<ElmDefinition, Reached>()
  const visit = (library: ElmLibrary, name: string): void => {
    for (const definition of (library.statements?.def ?? []).filter((candidate) => candidate.name === name)) {
      if (reached.has(definition)) continue
      reached.set(definition, { library, definition })
      for (const node of elmNodes(definition.expression)) {
        if (node.type === 'ExpressionRef' || node.type === 'FunctionRef') follow(library, node)
      }
    }
  }
  const follow = (library: ElmLibrary, node: ElmNode): void => {
    const target = includedLibrary(libraries, library, node.libraryName as string | undefined)
    if (target) visit(target, node.name as string)
  }
  for (const name of names) visit(libraries[0]!, name)
  return [...reached.values()]
}

/** The library that a name local to another library means; without a name the library itself. */
export function includedLibrary(libraries: readonly ElmLibrary[], from: ElmLibrary, localName: string | undefined): ElmLibrary | undefined {
  if (!localName) return from
  const path = from.includes?.def.find((include) => include.localIdentifier === localName)?.path ?? localName
  const id = path.slice(path.lastIndexOf('/') + 1)
  return libraries.find((library) => library.identifier.id === id)
}
