import type {
  Chart,
  ChartOverTime,
  LoadedMeasure,
  MeasureEngine,
  MeasurementPeriod,
  MembershipResult,
  OverTimeEngine,
  Wanted,
} from '../engine.ts'
import { CanonicalUrls, knownPrefixes, type UrlPrefixes } from '../fhir/canonical-urls.ts'
import { readChart, UnreadableChart } from '../fhir/chart-reader.ts'
import type { FhirRecord } from '../fhir/fhir-record.ts'
import { prefixMark } from '../fhir/prefix-table.ts'
import type { Claims } from '../fhir/profile-claims.ts'
import { RetrieveIndex } from '../fhir/retrieve-index.ts'
import { RetrievePlans } from '../fhir/retrieve-plans.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { MS_PER_DAY } from '../runtime/civil.ts'
import { readDate } from '../fhir/fhir-primitives.ts'
import { CqlDateTime, Interval, Precision } from '../runtime/values.ts'
import { measureGroup, nowhere } from '../scoring/group-evaluator.ts'
import { CompiledMeasure, type SharedParts } from './compiled-measure.ts'
import type { EvaluationMoment } from './compiled-library.ts'
import { newProgress, progressAt, type Progress } from './progress.ts'

/** Raise it when the same package and chart come out differently. */
const VERSION = '1'
const name = 'carecommons'

/** Name and version of the engine with a table of prefixes: figures are kept with it. */
export const engineName = (prefixes: UrlPrefixes = knownPrefixes): string => `${name} ${VERSION}${prefixMark(prefixes)}`

export interface CompilerOptions {
  /** Canonical prefixes that mean the same; one table for every package. */
  readonly prefixes?: UrlPrefixes | undefined
  /** Where evaluations show what they are at. */
  readonly progress?: Progress
}

/** Measures compiled to JavaScript. What they have in common - value sets, buckets of records - is shared. */
export function openCompiler({ prefixes = knownPrefixes, progress = newProgress() }: CompilerOptions = {}): OverTimeEngine {
  const shared: SharedParts = { plans: new RetrievePlans(new CanonicalUrls(prefixes)), codeSets: new Map(), progress }
  const compiled = new WeakMap<LoadedMeasure, CompiledMeasure>()
  const indexes = new Indexes(shared.plans.claims)
  const own = (measures: readonly LoadedMeasure[]): CompiledMeasure[] => {
    const known = measures.map((measure) => compiled.get(measure))
    if (!known.every((measure) => measure !== undefined)) throw new Error('A measure was loaded by another engine.')
    return known
  }
  const couldMatter: MeasureEngine['couldMatter'] = (measures, type, codes) => indexes.of(own(measures), {}).couldMatter(type, codes)
  const evaluateAll: MeasureEngine['evaluateAll'] = async (measures, charts, period, wanted = {}) => {
    const known = own(measures)
    return evaluateCharts({ measures: known, index: indexes.of(known, wanted), wanted, progress }, charts, period)
  }
  const overTime: OverTimeEngine['overTime'] = (measures, charts) => {
    const known = own(measures)
    return chartsOverTime({ measures: known, index: indexes.of(known, {}), wanted: {}, progress }, charts)
  }
  const load = (pkg: MeasurePackage): LoadedMeasure => {
    const measure = new CompiledMeasure(pkg, shared)
    const { id, url, title, hash } = pkg
    const loaded: LoadedMeasure = {
      ...{ id, url, version: pkg.version, title, hash, supplementalData: measure.supplementalData, requirements: measure.requirements },
      groups: measure.groups.map(measureGroup),
      places: measure.places,
      allPlaces: () => measure.whole().places,
      valuesOf: async (definitions, chart, period) => {
        const index = new RetrieveIndex(measure.whole().plans, shared.plans.claims)
        progress[progressAt.chart] = 0
        return measure.valuesOf(definitions, readChart(chart, index), momentOf(period))
      },
      evaluate: async (charts, period, wanted) => (await evaluateAll([loaded], charts, period, wanted)).get(id)!,
    }
    compiled.set(loaded, measure)
    return loaded
  }
  return { name, version: `${VERSION}${prefixMark(prefixes)}`, load, couldMatter, evaluateAll, overTime }
}

/** Indexes of the sets of measures that were evaluated together. */
class Indexes {
  readonly #numbers = new WeakMap<CompiledMeasure, number>()
  readonly #known = new Map<string, RetrieveIndex>()
  readonly #claims: Claims
  #count = 0

  constructor(claims: Claims) {
    this.#claims = claims
  }

  of(measures: readonly CompiledMeasure[], wanted: Wanted): RetrieveIndex {
    const key = `${measures.map((measure) => this.#numberOf(measure)).join()}${wanted.supplementalData ? ' and supplemental data' : ''}`
    let index = this.#known.get(key)
    if (!index)
      this.#known.set(key, (index = new RetrieveIndex(new Set(measures.flatMap((measure) => measure.plans(wanted))), this.#claims)))
    return index
  }

  #numberOf(measure: CompiledMeasure): number {
    let number = this.#numbers.get(measure)
    if (number === undefined) this.#numbers.set(measure, (number = ++this.#count))
    return number
  }
}

interface Run {
  readonly measures: readonly CompiledMeasure[]
  readonly index: RetrieveIndex
  readonly wanted: Wanted
  readonly progress: Progress
}

function evaluateCharts(
  { measures, index, wanted, progress }: Run,
  charts: readonly Chart[],
  period: MeasurementPeriod,
): Map<string, MembershipResult[]> {
  const results = measures.map((): MembershipResult[] => [])
  const moment = momentOf(period)
  for (const [number, chart] of charts.entries()) {
    progress[progressAt.chart] = number
    const record = openChart(chart, index)
    for (let position = 0; position < measures.length; position++) {
      progress[progressAt.measure] = position
      results[position]!.push(evaluateChart(measures[position]!, chart.id, record, moment, wanted))
    }
  }
  return new Map(measures.map(({ pkg }, position) => [pkg.id, results[position]!]))
}

function* chartsOverTime({ measures, index, wanted, progress }: Run, charts: readonly Chart[]): Generator<ChartOverTime> {
  for (const [number, chart] of charts.entries()) {
    progress[progressAt.chart] = number
    const record = openChart(chart, index)
    yield (position, period) => {
      progress[progressAt.measure] = position
      return evaluateChart(measures[position]!, chart.id, record, momentOf(period), wanted)
    }
  }
}

function openChart(chart: Chart, index: RetrieveIndex): FhirRecord | UnreadableChart {
  try {
    return readChart(chart, index)
  } catch (error) {
    if (error instanceof UnreadableChart) return error
    throw error
  }
}

/** One bad chart must not stop a run over a region, so what goes wrong in it becomes its result. */
function evaluateChart(
  measure: CompiledMeasure,
  chartId: string,
  record: FhirRecord | UnreadableChart,
  moment: EvaluationMoment,
  wanted: Wanted,
): MembershipResult {
  if (record instanceof UnreadableChart) return failed(measure, chartId, record.message, wanted)
  try {
    return { chartId, ...measure.evaluate(record, moment, wanted), problem: null }
  } catch (error) {
    return failed(measure, chartId, (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' '), wanted)
  }
}

function failed(measure: CompiledMeasure, chartId: string, problem: string, wanted: Wanted): MembershipResult {
  const groups = measure.groups.map(({ definition }) => nowhere(definition))
  return { chartId, groups, supplementalData: wanted.supplementalData ? {} : null, problem }
}

/** The period's last millisecond is what Now() answers. */
function momentOf({ start, end, offsetMinutes, times }: MeasurementPeriod): EvaluationMoment {
  const [first, last] = [start, end].map((day) => readDate(day)!.day)
  const from = new CqlDateTime(first!, 0, Precision.Millisecond, offsetMinutes)
  const to = new CqlDateTime(last!, MS_PER_DAY - 1, Precision.Millisecond, offsetMinutes)
  return { now: to.instant, offsetMinutes, times, parameters: { 'Measurement Period': new Interval(from, to, true, true, 'DateTime') } }
}
