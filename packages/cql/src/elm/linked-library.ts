import type { ElmLibrary } from '../front-end/translation.ts'
import { foreignModel } from './attribute-values.ts'
import { CompileError } from './compile-error.ts'
import { isObject, objectsPart, textPart, type ElmNode } from './elm-node.ts'
import { validateLibrary } from './validate-library.ts'

type Part = Readonly<Record<string, unknown>>

/** A validated library with its names resolved to what they declare and its includes to libraries. */
export interface LinkedLibrary {
  /** As its identifier says; of a second one of that name with its version behind it, `B|20`. */
  readonly name: string
  readonly version: string | null
  /** Tells it from every other of what it was linked with: several may have one name and version. */
  readonly number: number
  readonly includes: ReadonlyMap<string, LinkedLibrary>
  readonly definitions: ReadonlyMap<string, ElmNode>
  /** Overloads of each function. */
  readonly functions: ReadonlyMap<string, readonly ElmNode[]>
  readonly parameters: ReadonlyMap<string, Part>
  readonly codes: ReadonlyMap<string, Part>
  readonly codeSystems: ReadonlyMap<string, Part>
  readonly concepts: ReadonlyMap<string, Part>
  readonly valueSets: ReadonlyMap<string, Part>
}

/** Finds the library that an include's path and version mean. */
export type FindLibrary = (path: string, version: string | null) => ElmLibrary | undefined

/** Finds libraries by identifier, the way ELM's include paths name them: `FHIRHelpers`, `http://publisher/FHIRHelpers`. */
export const findByIdentifier =
  (libraries: readonly ElmLibrary[]): FindLibrary =>
  (path) => {
    const id = path.slice(path.lastIndexOf('/') + 1)
    return libraries.find((library) => library.identifier?.id === id)
  }

/** Links a library and everything it includes. Throws CompileError: bad ELM, a missing include, a cycle of includes. */
export function linkLibrary(root: ElmLibrary, find: FindLibrary): LinkedLibrary {
  const linked = new Map<ElmLibrary, LinkedLibrary>()
  const open = new Set<ElmLibrary>()
  const names = new Set<string>()
  const link = (library: ElmLibrary, version: string | null): LinkedLibrary => {
    const found = linked.get(library)
    if (found) return found
    const own = libraryName(library)
    // Publishers give several versions of a library one identifier inside: what tells them apart is the version that was asked for.
    const name = names.has(own) ? `${own}|${version ?? linked.size}` : own
    names.add(name)
    validateLibrary(library, name)
    for (const using of definitionsIn(library, 'usings')) {
      const foreign = foreignModel(using)
      if (foreign) throw new CompileError({ library: name, definition: null, node: 'UsingDef' }, foreign)
    }
    open.add(library)
    const includes = new Map<string, LinkedLibrary>()
    for (const include of definitionsIn(library, 'includes')) {
      const path = textPart(include, 'path') ?? ''
      const refuse = (reason: string): never => {
        throw new CompileError({ library: name, definition: null, node: 'IncludeDef' }, reason)
      }
      const wanted = textPart(include, 'version')
      const target = find(path, wanted) ?? refuse(`The included library ${path || '(without a name)'} is missing.`)
      if (open.has(target)) refuse(`Libraries include each other in a circle: ${[...open, target].map(libraryName).join(' > ')}.`)
      includes.set(textPart(include, 'localIdentifier') ?? path, link(target, wanted))
    }
    open.delete(library)
    const result = declared(library, name, includes, linked.size)
    linked.set(library, result)
    return result
  }
  return link(root, null)
}

const libraryName = (library: ElmLibrary): string =>
  isObject(library) && isObject(library.identifier) && typeof library.identifier.id === 'string' ? library.identifier.id : '(unnamed)'

const definitionsIn = (library: ElmLibrary, part: string): readonly Part[] => {
  const section = library[part]
  return isObject(section) ? objectsPart(section, 'def') : []
}

function declared(library: ElmLibrary, name: string, includes: ReadonlyMap<string, LinkedLibrary>, number: number): LinkedLibrary {
  const byName = (part: string): ReadonlyMap<string, Part> =>
    new Map(definitionsIn(library, part).map((definition) => [textPart(definition, 'name') ?? '', definition]))
  const definitions = new Map<string, ElmNode>()
  const functions = new Map<string, ElmNode[]>()
  for (const statement of definitionsIn(library, 'statements')) {
    const own = textPart(statement, 'name')
    const node = { ...statement, type: textPart(statement, 'type') ?? 'ExpressionDef' }
    if (own === null) throw new CompileError({ library: name, definition: null, node: node.type }, 'A definition has no name.')
    if (node.type === 'FunctionDef') functions.set(own, [...(functions.get(own) ?? []), node])
    else definitions.set(own, node)
  }
  return {
    ...{ name, version: textPart(library.identifier, 'version'), number, includes, definitions, functions },
    ...{ parameters: byName('parameters'), codes: byName('codes'), codeSystems: byName('codeSystems') },
    ...{ concepts: byName('concepts'), valueSets: byName('valueSets') },
  }
}
