import { CompileError } from '../elm/compile-error.ts'
import { isNode, type ElmNode } from '../elm/elm-node.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { system, type StaticType } from '../elm/static-type.ts'
import { boxer, unboxer } from '../fhir/boxing.ts'
import { code, isLiteral, type Code } from './code.ts'
import type { FunctionWriter } from './function-writer.ts'
import type { Program } from './program.ts'
import { holdsRaw } from './representation.ts'

/** Names that a place in ELM can use. */
export interface Scope {
  /** Aliases of queries, `$this` and `$total` among them, and what `let` defines. */
  readonly aliases: ReadonlyMap<string, Code>
  readonly operands: ReadonlyMap<string, Code>
  /** The element that a sort is looking at. */
  readonly item: Code | null
}

export const emptyScope: Scope = { aliases: new Map(), operands: new Map(), item: null }

/** Where an expression is compiled: its definition, the function that is written and the names in reach. */
export class Frame {
  readonly program: Program
  readonly library: LinkedLibrary
  readonly definition: string
  readonly writer: FunctionWriter
  readonly scope: Scope

  constructor(program: Program, library: LinkedLibrary, definition: string, writer: FunctionWriter, scope: Scope) {
    this.program = program
    this.library = library
    this.definition = definition
    this.writer = writer
    this.scope = scope
  }

  /** Compiles a node here. */
  emit(node: unknown, of: ElmNode | string): Code {
    if (!isNode(node)) this.refuse(of, 'A part of it is missing.')
    return this.program.emit(node, this)
  }

  within(aliases: ReadonlyMap<string, Code> | Iterable<readonly [string, Code]>): Frame {
    return this.#with({ ...this.scope, aliases: new Map([...this.scope.aliases, ...aliases]) })
  }

  sorting(item: Code): Frame {
    return this.#with({ ...this.scope, aliases: new Map([...this.scope.aliases, ['$this', item]]), item })
  }

  refuse(node: ElmNode | string, reason: string): never {
    const type = typeof node === 'string' ? node : node.type
    throw new CompileError({ library: this.library.name, definition: this.definition, node: type }, reason)
  }

  /** The text that calls a runtime function. */
  call(name: string, ...args: readonly string[]): string {
    return `${this.program.module.runtime(name)}(${args.join(', ')})`
  }

  /** A computed value. */
  value(expression: string, type: StaticType): Code {
    return code(this.writer.value(expression), type)
  }

  constant(value: unknown, type: StaticType, key?: string): Code {
    return code(this.program.module.constant(value, key), type)
  }

  /** The text of a value as another type stands in code; a value that is not of that type becomes null. */
  converted(value: Code, to: StaticType): string {
    if (value.type === to || isLiteral(value, 'null')) return value.js
    const [from, into] = [holdsRaw(value.type), holdsRaw(to)]
    if (!from && !into) return value.js
    if (from && !into) return `${this.#converter('box', value.type)}(${value.js})`
    if (!from) return `${this.#converter('unbox', to)}(${value.js})`
    if (value.type.kind === 'named' && to.kind === 'named') return value.js
    return `${this.#converter('unbox', to)}(${this.#converter('box', value.type)}(${value.js}))`
  }

  /** A value for the runtime's functions, which know nothing of static types. */
  dynamic(value: Code): string {
    return holdsRaw(value.type) ? this.writer.value(this.converted(value, system.any)) : value.js
  }

  as(value: Code, to: StaticType): Code {
    if (value.type === to) return value
    const js = this.converted(value, to)
    return code(js === value.js ? js : this.writer.value(js), to)
  }

  #converter(kind: 'box' | 'unbox', type: StaticType): string {
    const key = `${kind} ${type.text}`
    return this.program.module.constant((kind === 'box' ? boxer : unboxer)(type), key)
  }

  #with(scope: Scope): Frame {
    return new Frame(this.program, this.library, this.definition, this.writer, scope)
  }
}
