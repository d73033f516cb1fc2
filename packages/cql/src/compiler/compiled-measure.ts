import type { DataRequirement, DefinitionValue, GroupMembership, MembershipResult, Wanted } from '../engine.ts'
import { findLibrary, findValueSet, packageContent, dependencies, valueSetKey } from '../package/package-content.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { codesOf } from '../package/value-set-codes.ts'
import { CompileError } from '../elm/compile-error.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { CodeSet, type CodeSets } from '../fhir/code-set.ts'
import { isResource, referenceOf, type FhirRecord } from '../fhir/fhir-record.ts'
import { MisshapenElement } from '../fhir/misshapen-element.ts'
import { misshapenInWords } from '../fhir/misshapen-words.ts'
import { CqlError } from '../runtime/cql-error.ts'
import type { RetrievePlan, RetrievePlans } from '../fhir/retrieve-plans.ts'
import { criteriaOf } from '../scoring/criteria.ts'
import { groupEvaluator, type GroupEvaluator } from '../scoring/group-evaluator.ts'
import type { GroupDefinition, SupplementalDefinition } from '../scoring/measure-definition.ts'
import { withItemFunctions } from '../scoring/item-functions.ts'
import { readMeasureDefinition } from '../scoring/read-measure-definition.ts'
import type { Plain } from '../scoring/plain.ts'
import type { ChartValues } from '../scoring/score-chart.ts'
import type { Evaluation, EvaluationMoment } from './compiled-library.ts'
import { compileLibrary, type CompiledMeasureLibrary } from './compile-library.ts'
import { plainOf } from './plain-value.ts'
import { checkCriteriaTypes } from './criteria-types.ts'
import { progressAt, type Progress } from './progress.ts'
import { stoppedLogic } from './stopped-logic.ts'

/** What measures of one engine have in common. */
export interface SharedParts {
  readonly plans: RetrievePlans
  /** Code sets by the hash of their value set. */
  readonly codeSets: Map<string, CodeSet>
  readonly progress: Progress
}

/** A measure whose criteria are compiled; the rest of its library is when somebody asks for its values. */
export class CompiledMeasure {
  readonly pkg: MeasurePackage
  readonly groups: readonly GroupEvaluator[]
  readonly supplementalData: readonly SupplementalDefinition[]
  readonly requirements: readonly DataRequirement[]
  readonly #criteria: CompiledMeasureLibrary
  readonly #compile: (definitions?: readonly string[]) => CompiledMeasureLibrary
  readonly #progress: Progress
  #whole: CompiledMeasureLibrary | undefined
  #withSupplementalData: CompiledMeasureLibrary | undefined

  /** The package must have passed readPackage. Throws CompileError. */
  constructor(pkg: MeasurePackage, { plans, codeSets, progress }: SharedParts) {
    this.pkg = pkg
    this.#progress = progress
    const content = packageContent(pkg.bundle)
    const measure = content.measures[0]!
    const needed = dependencies(content, measure)
    const root = needed[0]?.elm
    const reading = readMeasureDefinition(measure, root ?? undefined)
    if (!reading.ok) throw new Error(reading.problems.join(' '))
    const { groups, supplementalData } = reading.definition
    if (!root) throw new CompileError({ library: pkg.id, definition: null, node: null }, 'The measure has no library with ELM.')
    const own = withItemFunctions(root, groups)
    const find = (path: string, version: string | null): ElmLibrary | undefined =>
      findLibrary(content, path, version ?? undefined)?.elm ?? undefined
    const sets: CodeSets = (canonical, version) => {
      const valueSet = findValueSet(content, canonical, version)
      return valueSet ? codeSet(valueSet, pkg.valueSetHashes[valueSetKey(content, valueSet)]!, codeSets) : null
    }
    this.#compile = (definitions) => compileLibrary(own, { find, codeSets: sets, plans, progress, ...(definitions ? { definitions } : {}) })
    this.#criteria = this.#compile([...new Set(groups.flatMap(criteriaOf))])
    checkCriteriaTypes(groups, this.#criteria)
    this.groups = groups.map((group) => groupEvaluator(group, this.#clausesOf(group)))
    this.supplementalData = supplementalData.filter(({ expression }) => isDefined(root, expression))
    this.requirements = requirementsOf(this.#criteria)
  }

  /** What records must be opened for. */
  plans(wanted: Wanted): readonly RetrievePlan[] {
    return this.#compiled(wanted).plans
  }

  #compiled({ supplementalData }: Wanted): CompiledMeasureLibrary {
    if (!supplementalData || this.supplementalData.length === 0) return this.#criteria
    const names = [
      ...this.groups.flatMap(({ definition }) => criteriaOf(definition)),
      ...this.supplementalData.map((one) => one.expression),
    ]
    return (this.#withSupplementalData ??= this.#compile([...new Set(names)]))
  }

  /** Definitions that a group's criteria reach, the measure's own first. */
  #clausesOf(group: GroupDefinition): string[] {
    return this.#criteria.reachedFrom(criteriaOf(group))
  }

  /** Definitions that criteria reach, by the number that is shown while they are computed. */
  get places(): CompiledMeasureLibrary['places'] {
    return this.#criteria.places
  }

  /** Memberships of one chart; what stops its logic is thrown in words, with library, definition and node. */
  evaluate(record: FhirRecord, moment: EvaluationMoment, wanted: Wanted): Pick<MembershipResult, 'groups' | 'supplementalData'> {
    const compiled = this.#compiled(wanted)
    const stopped = (error: unknown): Error => this.#stopped(error, compiled, record)
    refuseUnsorted(record, compiled)
    const evaluation = compiled.begin(record, moment)
    const values = chartValues(evaluation, (error) => stopped(error).message)
    let groups: GroupMembership[]
    try {
      groups = this.groups.map((group) => group.evaluate(values))
    } catch (error) {
      throw stopped(error)
    }
    if (!wanted.supplementalData) return { groups, supplementalData: null }
    const said = this.supplementalData.map(({ id, expression }): [string, Plain] => {
      const found = this.#valueOf(expression, evaluation, stopped)
      return [id, found.ok ? found.value : { problem: found.problem }]
    })
    return { groups, supplementalData: Object.fromEntries(said) }
  }

  #valueOf(definition: string, evaluation: Evaluation, stopped: (error: unknown) => Error): DefinitionValue {
    this.#progress[progressAt.definition] = -1
    try {
      return { ok: true, value: plainOf(evaluation.evaluate(definition)) }
    } catch (error) {
      return { ok: false, problem: stopped(error).message }
    }
  }

  #stopped(error: unknown, { places, source }: CompiledMeasureLibrary, { buckets }: FhirRecord): Error {
    const said = error instanceof MisshapenElement ? new CqlError(misshapenInWords(error, buckets.flat()), { cause: error }) : error
    return stoppedLogic(said, places[this.#progress[progressAt.definition]!] ?? null, source)
  }

  /** The whole library, compiled for those who ask for any of its definitions. */
  whole(): CompiledMeasureLibrary {
    return (this.#whole ??= this.#compile())
  }

  valuesOf(definitions: readonly string[], record: FhirRecord, moment: EvaluationMoment): DefinitionValue[] {
    const whole = this.whole()
    refuseUnsorted(record, whole)
    const evaluation = whole.begin(record, moment)
    return definitions.map((definition) => this.#valueOf(definition, evaluation, (error) => this.#stopped(error, whole, record)))
  }
}

/** A resource that could not be sorted may be what any retrieve of its type asks for. */
function refuseUnsorted({ unsorted }: FhirRecord, { name, plans }: CompiledMeasureLibrary): void {
  if (unsorted === null) return
  const plan = plans.find(({ type }) => unsorted.has(type))
  if (plan) throw new CqlError(`${name}: ${unsorted.get(plan.type)!}`)
}

const isDefined = ({ statements }: ElmLibrary, name: string): boolean => statements?.def.some((one) => one.name === name) ?? false
/** A record without id is told by what it says. */
const keyOf = (item: unknown): string =>
  isResource(item) ? (typeof item.id === 'string' ? referenceOf(item) : JSON.stringify(item)) : JSON.stringify(plainOf(item))
const reference = (item: unknown): string | null => (isResource(item) ? referenceOf(item) : null)

const chartValues = ({ evaluate, peek, found }: Evaluation, inWords: (error: unknown) => string): ChartValues => ({
  inWords,
  valueOf: evaluate,
  peek,
  found,
  keyOf,
  plainOf,
  referenceOf: reference,
})

/** The Patient is always among them, first. */
function requirementsOf({ requirements }: CompiledMeasureLibrary): DataRequirement[] {
  const isPerson = ({ type, path }: DataRequirement): boolean => type === 'Patient' && path === null
  const person = requirements.find(isPerson) ?? { type: 'Patient', path: null, codes: null }
  return [person, ...requirements.filter((requirement) => !isPerson(requirement))]
}

function codeSet(valueSet: Parameters<typeof codesOf>[0], hash: string, known: Map<string, CodeSet>): CodeSet {
  let set = known.get(hash)
  if (set) return set
  const codes = codesOf(valueSet)
  if (!Array.isArray(codes)) throw new Error(`Value set ${valueSet.url} passed the check but ${codes.missing}.`)
  known.set(hash, (set = new CodeSet(valueSet.url, codes, valueSet.version ?? null)))
  return set
}
