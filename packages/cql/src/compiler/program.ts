import { CompileError, type ElmPlace } from '../elm/compile-error.ts'
import { isNode, objectsPart, textPart, type ElmNode } from '../elm/elm-node.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { system, type StaticType } from '../elm/static-type.ts'
import { statedType, typeOfSpecifier, namedTypeOf } from '../elm/type-specifier.ts'
import type { CodeSets } from '../fhir/code-set.ts'
import type { RetrievePlan, RetrievePlans } from '../fhir/retrieve-plans.ts'
import { code, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import { emptyScope, Frame } from './frame.ts'
import { FunctionWriter } from './function-writer.ts'
import { ModuleWriter } from './module-writer.ts'
import { showCompiling, type Progress } from './progress.ts'
import { repeatingNode } from './repeating-node.ts'

export interface ProgramDefinition {
  readonly library: LinkedLibrary
  readonly name: string
  /** Name of the generated function; the memo beside it is `e<js>` and `v<js>`. */
  readonly js: string
  readonly type: StaticType
  readonly context: string
}

/** A function compiled for operands of certain types. */
interface FunctionInstance {
  readonly js: string
  readonly type: StaticType
}

/** What a program may grow to: packages are made by others. */
const maximumParts = 50_000

/**
 * Everything that becomes one generated module: definitions, parameters and functions, each compiled when something
 * first refers to it, so that its static type is known to whoever does.
 */
export class Program {
  readonly module = new ModuleWriter()
  /** How nodes are compiled; each shows that it is. */
  readonly emit: Emitter
  /** What its retrieves ask for, with the retrieves that do. */
  readonly used = new Map<RetrievePlan, Set<ElmNode>>()
  readonly #plans: RetrievePlans
  readonly #paths = new Map<string, Set<string>>()
  readonly codeSets: CodeSets
  /** Compiled definitions by the number that their code shows while it runs. */
  readonly places: ElmPlace[] = []
  readonly #definitions = new Map<string, ProgramDefinition | null>()
  readonly #instances = new Map<string, FunctionInstance | null>()
  readonly #parameters = new Map<string, Code | null>()
  readonly #inlined = new Set<ElmNode>()
  /** What is being compiled, innermost last, and what each thing refers to. */
  readonly #open: string[] = []
  readonly #uses = new Map<string, Set<string>>()

  constructor(emit: Emitter, plans: RetrievePlans, codeSets: CodeSets, progress: Progress) {
    this.emit = (node, frame) => {
      showCompiling(progress, { library: frame.library.name, definition: frame.definition, node: node.type })
      return emit(node, frame)
    }
    this.#plans = plans
    this.codeSets = codeSets
  }

  /** The bucket of records that a retrieve reads. */
  plan(retrieve: ElmNode, ...question: Parameters<RetrievePlans['plan']>): RetrievePlan {
    const plan = this.#plans.plan(...question)
    const retrieves = this.used.get(plan)
    if (retrieves) retrieves.add(retrieve)
    else this.used.set(plan, new Set([retrieve]))
    return plan
  }

  /** Notes that the logic reads an element of a resource. */
  reads(type: string, element: string): void {
    const known = this.#paths.get(type)
    if (known) known.add(element)
    else this.#paths.set(type, new Set([element]))
  }

  /** Elements of a resource type that the logic reads, in alphabetical order. */
  pathsOf(type: string): string[] {
    return [...(this.#paths.get(type) ?? [])].sort()
  }

  get definitions(): ProgramDefinition[] {
    return [...this.#definitions.values()].filter((definition) => definition !== null)
  }

  definition(library: LinkedLibrary, name: string, refuse: (reason: string) => never): ProgramDefinition {
    const key = definitionKey(library, name)
    this.#use(key)
    const known = this.#definitions.get(key)
    if (known) return known
    if (known === null) refuse(`"${name}" refers to itself through what it uses.`)
    const node = library.definitions.get(name) ?? refuse(`There is no definition "${name}" in ${library.name}.`)
    this.#definitions.set(key, null)
    const compiled = this.#within(key, () => this.#compileDefinition(library, name, node))
    this.#definitions.set(key, compiled)
    return compiled
  }

  #compileDefinition(library: LinkedLibrary, name: string, node: ElmNode): ProgramDefinition {
    const frame = new Frame(this, library, name, new FunctionWriter(), emptyScope)
    const context = textPart(node, 'context') ?? 'Patient'
    if (context !== 'Patient' && context !== 'Unfiltered')
      frame.refuse('ExpressionDef', `It is about each ${context} (context ${context}); a measure is computed for each Patient.`)
    const body = frame.emit(node.expression, 'ExpressionDef')
    const js = this.#name('d')
    const number = this.places.push({ library: library.name, definition: name, node: repeatingNode(node.expression) }) - 1
    this.module.add(
      [
        `let e${js} = 0, v${js} = null, w${js} = null;`,
        `function ${js}() {`,
        `if (e${js} === epoch) return v${js};`,
        'const outer = found, before = at[0];',
        'found = null;',
        `at[0] = ${number};`,
        `const value = ${js}x();`,
        `w${js} = found;`,
        'found = outer;',
        'at[0] = before;',
        `e${js} = epoch;`,
        'return v' + js + ' = value;',
        '}',
        `function ${js}x() {`,
        ...lastLine(frame, body.js),
        '}',
      ].join('\n'),
    )
    return { library, name, js, type: body.type, context }
  }

  /** The generated function for a function and operands of these types; its result type with it. */
  instance(library: LinkedLibrary, node: ElmNode, types: readonly StaticType[], refuse: (reason: string) => never): FunctionInstance {
    const name = textPart(node, 'name') ?? ''
    const overload = (library.functions.get(name) ?? []).indexOf(node)
    const key = JSON.stringify([library.name, library.number, name, overload, types.map((type) => type.text)])
    this.#use(key)
    const known = this.#instances.get(key)
    if (known) return known
    if (known === null) refuse(`The function "${name}" calls itself.`)
    this.#instances.set(key, null)
    const parameters = types.map((_, index) => `a${index}`)
    const operands = operandNames(node).map((operand, index) => [operand, code(parameters[index]!, types[index]!)] as const)
    const frame = new Frame(this, library, name, new FunctionWriter(), { ...emptyScope, operands: new Map(operands) })
    const body = this.#within(key, () => {
      const { js, type } = frame.emit(node.expression, node)
      return code(js, type)
    })
    const js = this.#name('f')
    this.module.add([`function ${js}(${parameters.join(', ')}) {`, ...lastLine(frame, body.js), '}'].join('\n'))
    const instance = { js, type: body.type }
    this.#instances.set(key, instance)
    return instance
  }

  /** Definitions that some of a library's refer to, directly or through others, themselves included; those of that library first. */
  reachedFrom(library: LinkedLibrary, names: readonly string[]): ProgramDefinition[] {
    const seen = new Set<string>()
    const visit = (key: string): void => {
      if (seen.has(key)) return
      seen.add(key)
      this.#uses.get(key)?.forEach(visit)
    }
    for (const name of names) visit(definitionKey(library, name))
    const reached = [...seen].flatMap((key) => this.#definitions.get(key) ?? [])
    return [...reached.filter((one) => one.library === library), ...reached.filter((one) => one.library !== library)]
  }

  /** What is being compiled. */
  get innermost(): ElmPlace {
    const [library = '', , definition = null] = JSON.parse(this.#open.at(-1) ?? '[]') as [string?, unknown?, string?]
    return { library, definition, node: null }
  }

  #use(key: string): void {
    const user = this.#open.at(-1)
    if (user === undefined) return
    const uses = this.#uses.get(user)
    if (uses) uses.add(key)
    else this.#uses.set(user, new Set([key]))
  }

  #within<T>(key: string, compile: () => T): T {
    this.#open.push(key)
    const result = compile()
    this.#open.pop()
    return result
  }

  /** Compiles the body of a function in the place of its call. */
  inlining(node: ElmNode, compile: () => Code, refuse: (reason: string) => never): Code {
    if (this.#inlined.has(node)) refuse(`The function "${textPart(node, 'name')}" calls itself.`)
    this.#inlined.add(node)
    const { js, type } = compile()
    this.#inlined.delete(node)
    return { js, type }
  }

  /** A parameter: what the evaluation gives, else its default, else null. */
  parameter(library: LinkedLibrary, name: string, refuse: (reason: string) => never): Code {
    const key = JSON.stringify([library.name, library.number, name])
    const known = this.#parameters.get(key)
    if (known) return known
    if (known === null) refuse(`The default of "${name}" refers to itself.`)
    const node = library.parameters.get(name) ?? refuse(`There is no parameter "${name}" in ${library.name}.`)
    this.#parameters.set(key, null)
    const frame = new Frame(this, library, name, new FunctionWriter(), emptyScope)
    const fallback = isNode(node.default) ? frame.emit(node.default, 'ParameterDef') : null
    const stated = typeOfSpecifier(node.parameterTypeSpecifier) ?? namedTypeOf(node.parameterType) ?? statedType(node)
    // A period is given in times; a library may count it in days.
    const inDates = stated?.kind === 'interval' && stated.point === system.date
    const js = this.#name('p')
    const text = JSON.stringify(name)
    this.module.add(
      [
        `let e${js} = 0, v${js} = null;`,
        `function ${js}() {`,
        `if (e${js} === epoch) return v${js};`,
        `if (parameters !== undefined && Object.hasOwn(parameters, ${text}) && parameters[${text}] !== undefined) {`,
        `e${js} = epoch;`,
        `return v${js} = ${inDates ? `${this.module.runtime('dateInterval')}(parameters[${text}])` : `parameters[${text}]`};`,
        '}',
        ...lastLine(frame, fallback?.js ?? 'null', (value) => `{ const value = ${value}; e${js} = epoch; return v${js} = value; }`),
        '}',
      ].join('\n'),
    )
    const compiled = code(`${js}()`, stated ?? fallback?.type ?? system.any)
    this.#parameters.set(key, compiled)
    return compiled
  }

  #name(prefix: string): string {
    if (this.module.size >= maximumParts) {
      throw new CompileError(
        this.innermost,
        `The measure grows to more than ${maximumParts.toLocaleString('en-US')} functions here. Functions that call each other with ever new types of operands do that.`,
      )
    }
    return this.module.name(prefix)
  }
}

const definitionKey = (library: LinkedLibrary, name: string): string => JSON.stringify([library.name, library.number, name])

export const operandNames = (node: ElmNode): string[] => objectsPart(node, 'operand').map((operand) => textPart(operand, 'name') ?? '')

function lastLine(frame: Frame, js: string, wrap = (value: string): string => `return ${value};`): string[] {
  return [frame.writer.text(), wrap(js)]
}
