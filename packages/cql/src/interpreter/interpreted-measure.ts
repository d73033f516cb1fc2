import { type DateTime, type Interval, Library, PatientContext, type Repository, type TerminologyProvider } from 'cql-execution'
import { populationCodes, type DataRequirement, type GroupMembership, type MeasureGroup, type PopulationCode } from '../engine.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import type { FhirMeasure, FhirMeasureGroup, MeasurePackage } from '../package/measure-package.ts'
import { dependencies, packageContent } from '../package/package-content.ts'
import { codesOf } from '../package/value-set-codes.ts'
import type { ChartRecords } from './chart-records.ts'
import { CodeSet } from './code-set.ts'
import { FhirResource } from './fhir-record.ts'
import { gate } from './populations.ts'
import { reachable } from './reachable.ts'
import { dataRequirements } from './requirements.ts'

/** The period as CQL values. */
export interface CqlPeriod {
  readonly interval: Interval
  /** What Now() answers, and the offset of times without one. */
  readonly now: DateTime
}

interface Group extends MeasureGroup {
  readonly criteria: Readonly<Partial<Record<PopulationCode, string>>>
  /** Own definitions that the criteria reach. */
  readonly definitions: readonly string[]
}

const maximumEvidence = 50
const populationBasis = 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-populationBasis'

/** A measure built for cql-execution: libraries once, definitions on demand. */
export class InterpretedMeasure {
  readonly id: string
  readonly url: string
  readonly version: string
  readonly title: string
  readonly hash: string
  readonly groups: readonly Group[]
  readonly requirements: readonly DataRequirement[]
  readonly #library: Library
  readonly #terminology: TerminologyProvider

  /** The package must have passed readPackage. Value sets with a known hash are shared through `codeSets`. */
  constructor(pkg: MeasurePackage, codeSets: Map<string, CodeSet>) {
    const content = packageContent(pkg.bundle)
    const measure = content.measures[0]!
    const libraries = dependencies(content, measure).map(({ elm }) => elm!)
    const valueSets = new Map(
      content.valueSets.map((valueSet) => [valueSet.url, codeSet(valueSet, pkg.valueSetHashes[valueSet.url]!, codeSets)]),
    )
    ;({ id: this.id, url: this.url, version: this.version, title: this.title, hash: this.hash } = pkg)
    this.groups = measure.group.map((group, index) => describeGroup(group, index, measure, libraries))
    const criteria = this.groups.flatMap((group) => Object.values(group.criteria))
    this.requirements = dataRequirements(reachable(libraries, criteria), libraries, valueSets)
    this.#library = buildLibrary(libraries)
    const find = (url: string): CodeSet | null => valueSets.get(url.split('|')[0]!) ?? null
    this.#terminology = { findValueSet: find, findValueSetsByOid: (url) => [find(url)].filter((found) => found !== null) }
  }

  /** Memberships of one chart; throws what the interpreter throws. */
  async evaluate(records: ChartRecords, period: CqlPeriod): Promise<GroupMembership[]> {
    const parameters = { 'Measurement Period': period.interval }
    const context = new PatientContext(this.#library, records as never, this.#terminology as never, parameters, period.now)
    const values = context.context_values as Record<string, unknown>
    const memberships: GroupMembership[] = []
    for (const { populations, criteria, definitions } of this.groups) {
      const raw: Partial<Record<PopulationCode, ReadonlySet<string>>> = {}
      for (const population of populations) {
        const name = criteria[population]!
        const known = values[name]
        const found = members(known === undefined ? await this.#library.expressions[name].execute(context) : known)
        raw[population] = found
        // Whoever is not in the denominator is in nothing that follows.
        if (found.size === 0 && (population === 'initial-population' || population === 'denominator')) break
      }
      memberships.push({ populations: gate(raw), evidence: evidenceIn(definitions, values) })
    }
    return memberships
  }
}

function codeSet(valueSet: Parameters<typeof codesOf>[0], hash: string, known: Map<string, CodeSet>): CodeSet {
  let set = known.get(hash)
  if (set) return set
  const codes = codesOf(valueSet)
  if (!Array.isArray(codes)) throw new Error(`Value set ${valueSet.url} passed the check but ${codes.missing}.`)
  known.set(hash, (set = new CodeSet(valueSet.url, valueSet.version ?? '', codes)))
  return set
}

function describeGroup(group: FhirMeasureGroup, index: number, measure: FhirMeasure, libraries: readonly ElmLibrary[]): Group {
  const criteria: Group['criteria'] = Object.fromEntries(
    group.population.map(({ code, criteria }) => [code.coding[0]!.code, criteria.expression]),
  )
  const extensions = [...(group.extension ?? []), ...(measure.extension ?? [])]
  const own = reachable(libraries, Object.values(criteria)).filter(
    ({ library, definition }) => library === libraries[0] && definition.type !== 'FunctionDef' && definition.name !== 'Patient',
  )
  return {
    id: group.id ?? String(index + 1),
    basis: extensions.find((extension) => extension.url === populationBasis)?.valueCode ?? 'boolean',
    populations: populationCodes.filter((code) => criteria[code] !== undefined),
    criteria,
    definitions: own.map(({ definition }) => definition.name),
  }
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

const theChart: ReadonlySet<string> = new Set(['chart'])
const nobody: ReadonlySet<string> = new Set()

function members(value: unknown): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.filter((item) => item instanceof FhirResource).map((resource) => resource.reference))
  return value === true ? theChart : nobody
}

/** What definitions returned, the shortest lists first: a year of visits must not push out the one result that decided. */
function evidenceIn(definitions: readonly string[], values: Record<string, unknown>): string[] {
  const lists = definitions.map((name) => [values[name]].flat().filter((item) => item instanceof FhirResource))
  const references = lists.sort((a, b) => a.length - b.length).flatMap((list) => list.map((resource) => resource.reference))
  return [...new Set(references)].slice(0, maximumEvidence)
}
