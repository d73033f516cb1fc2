import type { Chart, EnginePool, MeasurementPeriod } from '@carecommons/cql'
import { labelKey } from '#modules/quality'
import type { Sensitivity } from '#modules/record'
import type { LoadedRegistry, RegistrySet } from './loaded-registries.ts'
import { type Reading, readingOf } from './stays.ts'

export type LabelOf = (chartId: string, reference: string) => Sensitivity | null

export interface ChartsToGoThrough {
  readonly charts: readonly Chart[]
  /** Of labelled records their label, by chart id and `Type/id`. */
  readonly labels: ReadonlyMap<string, Sensitivity>
  /** The practice is a program under 42 CFR Part 2. */
  readonly isPart2: boolean
}

export interface GoneThrough {
  /** Of each chart, registry by registry: from the reading with fewest labels to that with all; a single one where nothing is labelled. */
  readonly readings: ReadonlyMap<string, readonly (readonly (Reading | null)[])[]>
  /** Charts that have labelled records. */
  readonly withLabels: ReadonlySet<string>
  readonly labelOf: LabelOf
}

/** Of each chart, registry by registry: over the records without a label, and where there are labelled ones over these as well, by and by. */
export async function goThrough(
  pool: EnginePool,
  { registries }: Pick<RegistrySet, 'registries'>,
  { charts, labels, isPart2 }: ChartsToGoThrough,
  period: MeasurementPeriod,
): Promise<GoneThrough> {
  const labelOf: LabelOf = (chartId, reference) =>
    isPart2 && !reference.startsWith('Patient/') ? 'part2' : (labels.get(labelKey(chartId, reference)) ?? null)
  const withLabels = isPart2
    ? new Set(charts.map(({ id }) => id))
    : new Set([...labels.keys()].map((key) => key.slice(0, key.indexOf(' '))))
  const readings = new Map(charts.map(({ id }) => [id, registries.map((): (Reading | null)[] => [])]))
  const packages = registries.map((one) => one.package)
  const over = async (some: readonly Chart[], label: Sensitivity | null): Promise<void> => {
    if (some.length === 0 || packages.length === 0) return
    const results = await pool.evaluate(packages, some, period)
    for (const [place, registry] of registries.entries()) addReadings(registry, place, results.get(registry.package.id)!, label)
  }
  const addReadings = (
    registry: LoadedRegistry,
    place: number,
    results: readonly { chartId: string }[],
    label: Sensitivity | null,
  ): void => {
    for (const result of results as Parameters<typeof readingOf>[1][])
      readings.get(result.chartId)![place]!.push(readingOf(registry, result, label))
  }
  const labelled = charts.filter(({ id }) => withLabels.has(id))
  const only = (allowed: readonly (Sensitivity | null)[]): Chart[] =>
    labelled.map(({ id, resources }) => ({ id, resources: resources.filter((text) => allowed.includes(labelOf(id, referenceIn(text)))) }))
  await over(withLabels.size === 0 ? charts : [...charts.filter(({ id }) => !withLabels.has(id)), ...only([null])], null)
  await over(only([null, 'behavioral']), 'behavioral')
  await over(labelled, 'part2')
  return { readings, withLabels, labelOf }
}

function referenceIn(text: string): string {
  const { resourceType, id } = JSON.parse(text) as { readonly resourceType: string; readonly id: string }
  return `${resourceType}/${id}`
}
