import { createRequire } from 'node:module'
import { DateTime, Interval } from 'cql-execution'
import type { Chart, LoadedMeasure, MeasureEngine, MeasurementPeriod, MembershipResult, Wanted } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { fhirTypes } from '../front-end/fhir-model.ts'
import type { Plain } from '../scoring/plain.ts'
import { measureGroup, nowhere } from '../scoring/group-evaluator.ts'
import { ChartRecords, UnreadableChart } from './chart-records.ts'
import type { CodeSet } from './code-set.ts'
import { InterpretedMeasure, type CqlPeriod } from './interpreted-measure.ts'

const require = createRequire(import.meta.url)
const { version } = require('cql-execution/package.json') as { version: string }

/** Measures with cql-execution, the reference interpreter of ELM in JavaScript. Loaded value sets are shared. */
export function openInterpreter(): MeasureEngine {
  const codeSets = new Map<string, CodeSet>()
  const interpreted = new WeakMap<LoadedMeasure, InterpretedMeasure>()
  const evaluateAll: MeasureEngine['evaluateAll'] = (measures, charts, period, wanted = {}) => {
    const known = measures.map((measure) => interpreted.get(measure))
    if (!known.every((measure) => measure !== undefined)) throw new Error('A measure was loaded by another engine.')
    return evaluateCharts(known, charts, period, wanted)
  }
  const load = (pkg: MeasurePackage): LoadedMeasure => {
    const measure = new InterpretedMeasure(pkg, codeSets)
    const { id, url, version, title, hash, groups, supplementalData, requirements } = measure
    const loaded: LoadedMeasure = {
      ...{ id, url, version, title, hash, supplementalData, requirements },
      groups: groups.map(measureGroup),
      valuesOf: (definitions, chart, period) => {
        const types = new Set(requirements.map((requirement) => requirement.type))
        return measure.valuesOf(definitions, new ChartRecords(chart, types, period.offsetMinutes), toCql(period))
      },
      evaluate: async (charts, period, wanted = {}) => (await evaluateCharts([measure], charts, period, wanted)).get(id)!,
    }
    interpreted.set(loaded, measure)
    return loaded
  }
  const couldMatter: MeasureEngine['couldMatter'] = (measures, type, codes) =>
    measures
      .flatMap(({ requirements }) => requirements)
      .some((wanted) => wanted.type === type && (wanted.codes?.some(({ code }) => codes.some((own) => own.code === code)) ?? true))
  return { name: 'cql-execution', version, load, couldMatter, evaluateAll }
}

async function evaluateCharts(
  measures: readonly InterpretedMeasure[],
  charts: readonly Chart[],
  period: MeasurementPeriod,
  wanted: Wanted,
): Promise<Map<string, MembershipResult[]>> {
  const results = new Map<string, MembershipResult[]>(measures.map((measure) => [measure.id, []]))
  const needed = measures.flatMap((measure) => measure.requirements.map((requirement) => requirement.type))
  const types = new Set(wanted.supplementalData ? allTypes() : needed)
  const cqlPeriod = toCql(period)
  for (const chart of charts) {
    const records = openChart(chart, types, period.offsetMinutes)
    for (const measure of measures) results.get(measure.id)!.push(await evaluateChart(measure, chart.id, records, cqlPeriod, wanted))
  }
  return results
}

function openChart(chart: Chart, types: ReadonlySet<string>, offsetMinutes: number): ChartRecords | UnreadableChart {
  try {
    return new ChartRecords(chart, types, offsetMinutes)
  } catch (error) {
    if (error instanceof UnreadableChart) return error
    throw error
  }
}

/** One bad chart must not stop a run over a region, so what goes wrong in it becomes its result. */
async function evaluateChart(
  measure: InterpretedMeasure,
  chartId: string,
  records: ChartRecords | UnreadableChart,
  period: CqlPeriod,
  wanted: Wanted,
): Promise<MembershipResult> {
  if (records instanceof UnreadableChart) return failed(measure, chartId, records.message, wanted)
  try {
    const groups = await measure.evaluate(records, period)
    const supplementalData = wanted.supplementalData ? await supplementalOf(measure, records, period) : null
    return { chartId, groups, supplementalData, problem: null }
  } catch (error) {
    return failed(measure, chartId, (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' '), wanted)
  }
}

async function supplementalOf(measure: InterpretedMeasure, records: ChartRecords, period: CqlPeriod): Promise<Record<string, Plain>> {
  const definitions = measure.supplementalData
  const values = await measure.valuesOf(
    definitions.map(({ expression }) => expression),
    records,
    period,
  )
  const said = values.map((found): Plain => (found.ok ? found.value : { problem: found.problem }))
  return Object.fromEntries(definitions.map(({ id }, index) => [id, said[index]!]))
}

const allTypes = (): string[] => [...fhirTypes().keys()].map((name) => name.replace('FHIR.', ''))

function failed(measure: InterpretedMeasure, chartId: string, problem: string, wanted: Wanted): MembershipResult {
  const groups = measure.groups.map(({ definition }) => nowhere(definition))
  return { chartId, groups, supplementalData: wanted.supplementalData ? {} : null, problem }
}

function toCql({ start, end, offsetMinutes }: MeasurementPeriod): CqlPeriod {
  const hours = offsetMinutes / 60
  const [first, last] = [start, end].map((day) => day.split('-').map(Number) as [number, number, number])
  const now = new DateTime(...last!, 23, 59, 59, 999, hours)
  return { interval: new Interval(new DateTime(...first!, 0, 0, 0, 0, hours), now, true, true), now }
}
