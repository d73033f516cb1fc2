import { type DateTime, type Interval, Library, PatientContext, type Repository, type TerminologyProvider } from 'cql-execution'
import type { DataRequirement, DefinitionValue, GroupMembership } from '../engine.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { dependencies, findValueSet, packageContent, valueSetKey } from '../package/package-content.ts'
import { codesOf } from '../package/value-set-codes.ts'
import { criteriaOf } from '../scoring/criteria.ts'
import { groupEvaluator, type GroupEvaluator } from '../scoring/group-evaluator.ts'
import type { GroupDefinition, SupplementalDefinition } from '../scoring/measure-definition.ts'
import { withItemFunctions } from '../scoring/item-functions.ts'
import { readMeasureDefinition } from '../scoring/read-measure-definition.ts'
import type { ChartValues } from '../scoring/score-chart.ts'
import type { ChartRecords } from './chart-records.ts'
import { CodeSet } from './code-set.ts'
import { FhirResource } from './fhir-record.ts'
import { plainOf } from './plain-value.ts'
import { reachable } from './reachable.ts'
import { dataRequirements } from './requirements.ts'

/** The period as CQL values. */
export interface CqlPeriod {
  readonly interval: Interval
  /** What Now() answers, and the offset of times without one. */
  readonly now: DateTime
}

/** A measure built for cql-execution: libraries once, definitions on demand. */
export class InterpretedMeasure {
  readonly id: string
  readonly url: string
  readonly version: string
  readonly title: string
  readonly hash: string
  readonly groups: readonly GroupEvaluator[]
  readonly supplementalData: readonly SupplementalDefinition[]
  readonly requirements: readonly DataRequirement[]
  readonly #library: Library
  readonly #terminology: TerminologyProvider

  /** The package must have passed readPackage. Value sets with a known hash are shared through `codeSets`. */
  constructor(pkg: MeasurePackage, codeSets: Map<string, CodeSet>) {
    const content = packageContent(pkg.bundle)
    const measure = content.measures[0]!
    const needed = dependencies(content, measure)
    const reading = readMeasureDefinition(measure, needed[0]?.elm ?? undefined)
    if (!reading.ok) throw new Error(reading.problems.join(' '))
    const { groups, supplementalData } = reading.definition
    const [own, ...included] = needed.map(({ elm }) => elm!)
    const libraries = [withItemFunctions(own!, groups), ...included]
    const find = (canonical: string, version?: string): CodeSet | null => {
      const valueSet = findValueSet(content, canonical, version)
      return valueSet ? codeSet(valueSet, pkg.valueSetHashes[valueSetKey(content, valueSet)]!, codeSets) : null
    }
    ;({ id: this.id, url: this.url, version: this.version, title: this.title, hash: this.hash } = pkg)
    this.groups = groups.map((group) => groupEvaluator(group, clausesOf(group, libraries)))
    this.supplementalData = supplementalData
    const criteria = groups.flatMap(criteriaOf)
    this.requirements = dataRequirements(reachable(libraries, criteria), libraries, find)
    this.#library = buildLibrary(libraries)
    this.#terminology = { findValueSet: find, findValueSetsByOid: (url) => [find(url)].filter((found) => found !== null) }
  }

  /** Memberships of one chart; throws what the interpreter throws. */
  async evaluate(records: ChartRecords, period: CqlPeriod): Promise<GroupMembership[]> {
    const { execute, values } = this.#open(records, period)
    const memberships: GroupMembership[] = []
    for (const group of this.groups) {
      for (const { expression, code } of group.definition.populations) {
        const value = await execute(expression)
        // Whoever is not in the denominator is in nothing that follows.
        const isIn = value === true || (Array.isArray(value) && value.length > 0)
        if (!isIn && (code === 'initial-population' || code === 'denominator')) break
      }
      for (const { expression } of group.definition.observations) await execute(expression)
      for (const expression of criteriaOf({ ...group.definition, populations: [], observations: [] })) await execute(expression)
      memberships.push(group.evaluate(chartValues(values)))
    }
    return memberships
  }

  async valuesOf(definitions: readonly string[], records: ChartRecords, period: CqlPeriod): Promise<DefinitionValue[]> {
    const { execute } = this.#open(records, period)
    const found: DefinitionValue[] = []
    for (const definition of definitions) {
      try {
        found.push({ ok: true, value: plainOf(await execute(definition)) })
      } catch (error) {
        found.push({ ok: false, problem: error instanceof Error ? error.message : String(error) })
      }
    }
    return found
  }

  #open(
    records: ChartRecords,
    period: CqlPeriod,
  ): { readonly execute: (definition: string) => Promise<unknown>; readonly values: Record<string, unknown> } {
    const parameters = { 'Measurement Period': period.interval }
    const context = new PatientContext(this.#library, records as never, this.#terminology as never, parameters, period.now)
    const values = context.context_values as Record<string, unknown>
    const execute = async (definition: string): Promise<unknown> =>
      values[definition] === undefined ? this.#library.expressions[definition].execute(context) : values[definition]
    return { execute, values }
  }
}

function chartValues(values: Record<string, unknown>): ChartValues {
  const referenceOf = (item: unknown): string | null => (item instanceof FhirResource ? item.reference : null)
  return {
    valueOf: (definition) => values[definition] ?? null,
    peek: (definition) => values[definition],
    keyOf: (item) => referenceOf(item) ?? JSON.stringify(plainOf(item)),
    plainOf,
    referenceOf,
  }
}

/** Own definitions that a group's criteria reach. */
const clausesOf = (group: GroupDefinition, libraries: readonly ElmLibrary[]): string[] =>
  reachable(libraries, criteriaOf(group))
    .filter(({ library, definition }) => library === libraries[0] && definition.type !== 'FunctionDef' && definition.name !== 'Patient')
    .map(({ definition }) => definition.name)

function codeSet(valueSet: Parameters<typeof codesOf>[0], hash: string, known: Map<string, CodeSet>): CodeSet {
  let set = known.get(hash)
  if (set) return set
  const codes = codesOf(valueSet)
  if (!Array.isArray(codes)) throw new Error(`Value set ${valueSet.url} passed the check but ${codes.missing}.`)
  known.set(hash, (set = new CodeSet(valueSet.url, valueSet.version ?? '', codes)))
  return set
}

/** cql-execution's own repository builds an included library again for each library that includes it. */
function buildLibrary(libraries: readonly ElmLibrary[]): Library {
  const built = new Map<string, Library>()
  const repository = {
    resolve(path: string): Library | undefined {
      const id = path.slice(path.lastIndexOf('/') + 1)
      const elm = libraries.find((library) => library.identifier.id === id)
      if (elm && !built.has(id)) built.set(id, new Library({ library: elm }, repository as unknown as Repository))
      return built.get(id)
    },
  }
  return new Library({ library: libraries[0]! }, repository as unknown as Repository)
}
