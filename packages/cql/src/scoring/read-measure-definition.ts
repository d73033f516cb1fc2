import type { ElmLibrary } from '../front-end/translation.ts'
import type { Coded, FhirExtension, FhirMeasure, FhirMeasureGroup, FhirPopulation, FhirStratifier } from '../package/measure-package.ts'
import { aggregateMethod } from './aggregate.ts'
import type {
  GroupDefinition,
  MeasureDefinition,
  ObservationDefinition,
  PopulationDefinition,
  StratifierDefinition,
} from './measure-definition.ts'
import { isMembershipCode, isScoring, type MembershipCode, type Scoring } from './population-code.ts'

export type MeasureReading =
  { readonly ok: true; readonly definition: MeasureDefinition } | { readonly ok: false; readonly problems: readonly string[] }

/** Most populations that a group can have: each is a bit of an integer. */
const mostPopulations = 30

/**
 * Reads what a FHIR Measure computes; a measure that cannot be computed as it says is refused in words. Its own library tells which
 * stratifiers are functions of an item.
 */
export function readMeasureDefinition(measure: FhirMeasure, library?: ElmLibrary): MeasureReading {
  const problems: string[] = []
  const groups = list(measure.group).map((group, index) => readGroup(group, index, measure, library, (problem) => problems.push(problem)))
  if (groups.length === 0) problems.push('The measure has no group.')
  const supplementalData = list(measure.supplementalData).flatMap(({ id, criteria }, index) =>
    criteria?.expression ? [{ id: id ?? `supplemental-data-${index + 1}`, expression: nameIn(criteria.expression) }] : [],
  )
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition: { groups, supplementalData } }
}

type Complain = (problem: string) => void

function readGroup(
  group: FhirMeasureGroup,
  index: number,
  measure: FhirMeasure,
  library: ElmLibrary | undefined,
  complain: Complain,
): GroupDefinition {
  const id = group.id ?? String(index + 1)
  const say: Complain = (problem) => complain(list(measure.group).length > 1 ? `Group ${id}: ${problem}` : problem)
  const members = list(group.population).filter((population) => codeOf(population.code, isPopulation) !== 'measure-observation')
  const populations = members.flatMap((population, position) => readPopulation(population, position, say))
  if (populations.length > mostPopulations)
    say(`It has ${populations.length} populations; ${mostPopulations} are the most that can be counted.`)
  const ids = list(group.population).flatMap(({ id: own }) => own ?? [])
  for (const doubled of new Set(ids.filter((own, position) => ids.indexOf(own) !== position)))
    say(`Several of its populations have the id "${doubled}".`)
  const scoring = readScoring(group, measure, populations, say)
  const basis = codeOf(group.basis) ?? codeOf(extension([group, measure], 'populationBasis')) ?? 'boolean'
  const initials = populations.filter(({ code }) => code === 'initial-population').map(({ expression }) => expression)
  const isOfItem = (name: string): boolean => basis !== 'boolean' && isFunctionOnly(library, name)
  const ofItems = (name: string): readonly string[] | null => (isOfItem(name) ? initials.map((initial) => `${initial} > ${name}`) : null)
  const stratifiers = list(group.stratifier).flatMap((stratifier, position) => readStratifier(stratifier, position, ofItems, say))
  for (const doubled of new Set(stratifiers.map((one) => one.id).filter((own, position, all) => all.indexOf(own) !== position)))
    say(`Several of its stratifiers have the id "${doubled}".`)
  const observed = list(group.population).filter((population) => codeOf(population.code, isPopulation) === 'measure-observation')
  return {
    ...{ id, scoring, populations, basis },
    improvementNotation: readNotation(group, measure),
    observations: observed.flatMap((population, position) => readObservation(population, position, populations, scoring, say)),
    stratifiers,
  }
}

function readPopulation(population: FhirPopulation, index: number, complain: Complain): PopulationDefinition[] {
  const code = codeOf(population.code, isPopulation) ?? '?'
  const expression = population.criteria?.expression && nameIn(population.criteria.expression)
  if (isMembershipCode(code) && expression) {
    return [{ id: population.id ?? `${code}-${index + 1}`, code, expression, within: referenceOf(population) }]
  }
  complain(isMembershipCode(code) ? `The ${code} has no criteria.` : `Populations of kind ${code} are not known.`)
  return []
}

/** Which populations a measure must have to be scored (Quality Measure IG, table of populations by scoring). */
const needed: Readonly<Record<Scoring, readonly MembershipCode[]>> = {
  proportion: ['initial-population', 'numerator'],
  ratio: ['initial-population', 'denominator', 'numerator'],
  'continuous-variable': ['initial-population', 'measure-population'],
  cohort: ['initial-population'],
}

function readScoring(
  group: FhirMeasureGroup,
  measure: FhirMeasure,
  populations: readonly PopulationDefinition[],
  complain: Complain,
): Scoring {
  const named = codeOf(group.scoring, isScoring) ?? codeOf(extension([group], 'scoring'), isScoring) ?? codeOf(measure.scoring, isScoring)
  const has = (code: MembershipCode): boolean => populations.some((population) => population.code === code)
  const guess: Scoring = has('measure-population') ? 'continuous-variable' : has('numerator') ? 'proportion' : 'cohort'
  if (named && !isScoring(named)) complain(`Measures of scoring ${named} cannot be computed.`)
  const scoring = named && isScoring(named) ? named : guess
  for (const code of needed[scoring]) if (!has(code)) complain(`A ${scoring} measure needs a population of kind ${code}; there is none.`)
  const initials = populations.filter(({ code }) => code === 'initial-population').length
  const repeated = populations.find(
    ({ code }, index) => code !== 'initial-population' && populations.findIndex((one) => one.code === code) !== index,
  )
  if (repeated) complain(`There are several populations of kind ${repeated.code}.`)
  if (initials > (scoring === 'ratio' ? 2 : 1)) complain(`A ${scoring} measure cannot have ${initials} initial populations.`)
  return scoring
}

function readObservation(
  population: FhirPopulation,
  index: number,
  populations: readonly PopulationDefinition[],
  scoring: Scoring,
  complain: Complain,
): ObservationDefinition[] {
  const observer = population.criteria?.expression && nameIn(population.criteria.expression)
  if (!observer) {
    complain('A measure-observation has no criteria.')
    return []
  }
  const observes = observedBy(population, observer, populations, scoring)
  if (observes < 0) complain(`It is not said which population "${observer}" observes (criteriaReference).`)
  const found = population.aggregateMethod ?? extension([population], 'aggregateMethod')
  const text = codeOf(found, (code) => aggregateMethod(code) !== null) ?? 'count'
  const aggregate = aggregateMethod(text)
  if (!aggregate) complain(`"${observer}" is to be aggregated by ${text}, which is not a known method.`)
  if (observes < 0 || !aggregate) return []
  const id = population.id ?? `measure-observation-${index + 1}`
  return [{ ...{ id, observer, aggregate, observes }, expression: `${populations[observes]!.expression} > ${observer}` }]
}

/**
 * The observed population: named by reference; of a continuous variable its measure population; of an old ratio, which does
 * not say it, the one after which the function is called ("Denominator Observations").
 */
function observedBy(population: FhirPopulation, observer: string, populations: readonly PopulationDefinition[], scoring: Scoring): number {
  const reference = referenceOf(population)
  const referenced = populations.findIndex(({ id }) => id === reference)
  if (referenced >= 0) return referenced
  const of = (code: MembershipCode): number => populations.findIndex((candidate) => candidate.code === code)
  if (scoring === 'continuous-variable') return of('measure-population')
  if (/denominator/i.test(observer)) return of('denominator')
  return /numerator/i.test(observer) ? of('numerator') : -1
}

function readStratifier(
  stratifier: FhirStratifier,
  index: number,
  ofItems: (expression: string) => readonly string[] | null,
  complain: Complain,
): StratifierDefinition[] {
  const id = stratifier.id ?? stratifier.code?.text ?? codeOf(stratifier.code) ?? `strata-${index + 1}`
  const criteria = stratifier.criteria ? [stratifier.criteria] : list(stratifier.component).map((component) => component.criteria)
  const expressions = criteria.flatMap((one) => (one?.expression ? nameIn(one.expression) : []))
  if (expressions.length === 0 || expressions.length < criteria.length) {
    complain(`The stratifier ${id} has no criteria.`)
    return []
  }
  const appliesTo = list(stratifier.extension)
    .filter(({ url }) => named(url, 'appliesTo'))
    .flatMap((one) => codeOf(one.valueCodeableConcept) ?? [])
    .filter(isMembershipCode)
  return [{ id, expressions, ofItems: expressions.map(ofItems), appliesTo }]
}

function readNotation(group: FhirMeasureGroup, measure: FhirMeasure): GroupDefinition['improvementNotation'] {
  const said = [group.improvementNotation, extension([group], 'improvementNotation'), measure.improvementNotation]
  const code = said.map((one) => codeOf(one, isNotation)).find((one) => one !== undefined)
  return code !== undefined && isNotation(code) ? code : null
}

const referenceOf = (population: FhirPopulation): string | null => {
  const found = population.inputPopulationId ?? extension([population], 'criteriaReference')
  return typeof found === 'string' ? found : null
}

/** Criteria in language text/cql are CQL: a name may be written as one, in quotes. */
const nameIn = (expression: string): string => /^"([^"]+)"$/.exec(expression.trim())?.[1] ?? expression

/** Whether a library has functions of that name and no definition. */
function isFunctionOnly(library: ElmLibrary | undefined, name: string): boolean {
  const named = (library?.statements?.def ?? []).filter((one) => one.name === name)
  return named.length > 0 && named.every(({ type }) => type === 'FunctionDef')
}

/** Extensions are cqfm-x, cqm-x or cqf-x by the guide and its edition. */
const named = (url: string, name: string): boolean => ['cqfm', 'cqm', 'cqf'].some((prefix) => url.endsWith(`/${prefix}-${name}`))

function extension(owners: readonly { readonly extension?: readonly FhirExtension[] }[], name: string): string | Coded | undefined {
  const found = owners.flatMap((owner) => list(owner.extension)).find(({ url }) => typeof url === 'string' && named(url, name))
  return found?.valueCode ?? found?.valueString ?? found?.valueCodeableConcept
}

/** Of several codings the one that is known; a publisher may put a code of its own before it. */
function codeOf(value: string | Coded | undefined, isKnown: (code: string) => boolean = () => true): string | undefined {
  if (typeof value === 'string') return value
  const codes = list(value?.coding).flatMap(({ code }) => code ?? [])
  return codes.find(isKnown) ?? codes[0]
}

const isPopulation = (code: string): boolean => code === 'measure-observation' || isMembershipCode(code)
const isNotation = (code: string): code is 'increase' | 'decrease' => code === 'increase' || code === 'decrease'

const list = <T>(items: readonly T[] | undefined): readonly T[] => (Array.isArray(items) ? (items as readonly T[]) : [])
