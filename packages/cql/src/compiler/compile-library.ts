import type { ElmLibrary } from '../front-end/translation.ts'
import { either } from '../analysis/date-bound.ts'
import { judgeable } from '../analysis/record-dates.ts'
import { retrieveBounds } from '../analysis/retrieve-bounds.ts'
import type { DataRequirement } from '../engine.ts'
import { CompileError, type ElmPlace } from '../elm/compile-error.ts'
import { linkLibrary, type FindLibrary, type LinkedLibrary } from '../elm/linked-library.ts'
import { CanonicalUrls } from '../fhir/canonical-urls.ts'
import type { CodeSets } from '../fhir/code-set.ts'
import type { FhirRecord } from '../fhir/fhir-record.ts'
import { asWrittenFrom, type RecordZone } from '../fhir/record-zone.ts'
import { RetrievePlans, type RetrievePlan } from '../fhir/retrieve-plans.ts'
import { MS_PER_DAY } from '../runtime/civil.ts'
import type { EvaluationContext } from '../runtime/evaluation-context.ts'
import { CqlDateTime, Precision } from '../runtime/values.ts'
import type { CompiledLibrary, Evaluation, EvaluationMoment } from './compiled-library.ts'
import { emit } from './emit.ts'
import { Program, type ProgramDefinition } from './program.ts'
import { newProgress, type Progress } from './progress.ts'
import { isStackOverflow } from './stopped-logic.ts'
import { runtimeFunctions } from './runtime-functions.ts'

export interface CompileOptions {
  /** Finds included libraries. */
  readonly find: FindLibrary
  /** Finds value sets; without it every value set is missing. */
  readonly codeSets?: CodeSets
  /** Where retrieves get their buckets: shared by measures that read the same records. */
  readonly plans?: RetrievePlans
  /** Where the code shows what it is computing. */
  readonly progress?: Progress
  /** Definitions of the root library to compile, with all they reach; all of them when absent. */
  readonly definitions?: readonly string[]
}

/** A compiled library with what opening records for it takes. */
export interface CompiledMeasureLibrary extends CompiledLibrary {
  readonly plans: readonly RetrievePlan[]
  /**
   * Definitions that some of its own refer to, directly or through others, themselves included, by the names that `peek` knows: those of
   * included libraries as CQL qualifies them, `Hospice."Has Hospice Services"`. The Patient is not among them.
   */
  reachedFrom(definitions: readonly string[]): string[]
  /** Compiled definitions by the number that is shown while they are computed, with the node of each that can repeat or grow most. */
  readonly places: readonly ElmPlace[]
  /** The generated code, for who asks what stopped in it. */
  readonly source: string
}

/** What a generated module returns. */
interface GeneratedModule {
  readonly source: string
  readonly begin: (context: EvaluationContext, zone: RecordZone, record: FhirRecord, parameters: EvaluationMoment['parameters']) => void
  readonly evaluate: Readonly<Record<string, () => unknown>>
  readonly peek: Readonly<Record<string, () => unknown>>
  readonly found: Readonly<Record<string, () => unknown>>
}

/** Compiles a library and what it includes to JavaScript. Throws CompileError. */
export function compileLibrary(library: ElmLibrary, options: CompileOptions): CompiledMeasureLibrary {
  const root = linkLibrary(library, options.find)
  const plans = options.plans ?? new RetrievePlans(new CanonicalUrls())
  const progress = options.progress ?? newProgress()
  const program = new Program(emit, plans, options.codeSets ?? (() => null), progress)
  const wanted = options.definitions ?? [...root.definitions.keys()]
  compileAll(program, root, wanted)
  const own = program.definitions.filter(({ library }) => library === root)
  const module = instantiate(program, root, plans.urls, progress)
  return {
    name: root.name,
    version: root.version,
    definitions: own.map(({ name, type, context }) => ({ name, type: type.text, context })),
    requirements: requirementsOf(program, retrieveBounds(root, wanted)),
    plans: [...program.used.keys()],
    places: program.places,
    source: module.source,
    reachedFrom: (definitions) =>
      program
        .reachedFrom(root, definitions)
        .filter(({ name }) => name !== 'Patient')
        .map((definition) => nameIn(root, definition)),
    begin: (record, moment) => begin(module, root.name, record, moment),
  }
}

function compileAll(program: Program, root: LinkedLibrary, definitions: readonly string[]): void {
  try {
    for (const name of definitions) program.definition(root, name, (reason) => refuseRoot(root, name, reason))
  } catch (error) {
    if (isStackOverflow(error))
      throw new CompileError(program.innermost, 'The chain of definitions and functions that leads here is too long. Shorten it.')
    if (error instanceof RangeError) throw new CompileError(program.innermost, `${error.message} Take it apart.`)
    throw error
  }
}

function refuseRoot(root: LinkedLibrary, definition: string, reason: string): never {
  throw new CompileError({ library: root.name, definition, node: null }, reason)
}

/** A definition's own name in the root library, elsewhere its qualified one. */
const nameIn = (root: LinkedLibrary, { library, name }: ProgramDefinition): string =>
  library === root ? name : `${library.name}.${JSON.stringify(name)}`

/** Source is generated from validated ELM only; texts of ELM are in it as JSON literals or not at all. */
function instantiate(program: Program, root: LinkedLibrary, urls: CanonicalUrls, progress: Progress): GeneratedModule {
  const own = program.definitions.filter(({ library }) => library === root)
  const table = (definitions: readonly ProgramDefinition[], entry: (js: string) => string): string =>
    `{ ${definitions.map((one) => `[${JSON.stringify(nameIn(root, one))}]: ${entry(one.js)}`).join(', ')} }`
  const source = [
    '"use strict";',
    'let epoch = 0, ctx = null, offset = 0, buckets = null, parameters, found = null;',
    program.module.source(),
    'return {',
    'begin(context, minutes, record, given) { ctx = context; offset = minutes; buckets = record.buckets; parameters = given; found = null; at[0] = -1; epoch++; },',
    `evaluate: ${table(own, (js) => js)},`,
    `peek: ${table(program.definitions, (js) => `() => e${js} === epoch ? v${js} : undefined`)},`,
    `found: ${table(program.definitions, (js) => `() => e${js} === epoch ? w${js} : null`)},`,
    '};',
  ].join('\n')
  // The one place where source becomes code.
  const make = new Function('$R', '$K', 'urls', 'at', source) as (
    runtime: object,
    constants: readonly unknown[],
    urls: CanonicalUrls,
    at: Progress,
  ) => Omit<GeneratedModule, 'source'>
  return { ...make(runtimeFunctions, program.module.constants, urls, progress), source }
}

function begin(module: GeneratedModule, library: string, record: FhirRecord, moment: EvaluationMoment): Evaluation {
  const zone = moment.times === 'as-written' ? asWrittenFrom(moment.offsetMinutes) : moment.offsetMinutes
  module.begin({ now: momentOf(moment) }, zone, record, moment.parameters)
  const known = (table: Readonly<Record<string, () => unknown>>, name: string): unknown => {
    if (!Object.hasOwn(table, name)) throw new Error(`${library} was compiled without "${name}".`)
    return table[name]!()
  }
  return {
    evaluate: (name) => known(module.evaluate, name),
    peek: (name) => known(module.peek, name),
    found: (name) => (known(module.found, name) as readonly unknown[] | null) ?? [],
  }
}

function momentOf({ now, offsetMinutes }: EvaluationMoment): CqlDateTime {
  const local = now + offsetMinutes * 60_000
  const day = Math.floor(local / MS_PER_DAY)
  return new CqlDateTime(day, local - day * MS_PER_DAY, Precision.Millisecond, offsetMinutes)
}

function requirementsOf(program: Program, bounds: ReturnType<typeof retrieveBounds>): DataRequirement[] {
  return [...program.used].map(([plan, retrieves]) => {
    const dates = judgeable(plan.type, [...retrieves].map((retrieve) => bounds.get(retrieve) ?? []).reduce(either))
    return { ...requirementOf(plan), elements: program.pathsOf(`FHIR.${plan.type}`), ...(dates.length > 0 && { dates }) }
  })
}

function requirementOf({ type, path, codes, fixed, profile }: RetrievePlan): DataRequirement {
  if (codes) return { type, path, codes }
  return fixed ? { type, path: 'code', codes: fixed, ...(profile && { orProfile: profile }) } : { type, path: null, codes: null }
}
