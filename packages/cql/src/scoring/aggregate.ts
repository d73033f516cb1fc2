/** How the observations of a population become its score (ValueSet aggregate-method of the Quality Measure IG). */
export const aggregateMethods = ['sum', 'average', 'median', 'minimum', 'maximum', 'count'] as const
export type AggregateMethod = (typeof aggregateMethods)[number]

const synonyms: Readonly<Record<string, AggregateMethod>> = { avg: 'average', mean: 'average', min: 'minimum', max: 'maximum' }

/** The method that a measure names, whatever its case; null for one that is not known. */
export function aggregateMethod(name: string): AggregateMethod | null {
  const wanted = name.trim().toLowerCase()
  return aggregateMethods.find((method) => method === wanted) ?? synonyms[wanted] ?? null
}

/** Of no values a sum and a count are 0 and everything else is unknown. */
export function aggregate(method: AggregateMethod, values: readonly number[]): number | null {
  if (method === 'count') return values.length
  if (method === 'sum') return sum(values)
  if (values.length === 0) return null
  if (method === 'average') return sum(values) / values.length
  if (method === 'minimum') return values.reduce((least, value) => Math.min(least, value))
  if (method === 'maximum') return values.reduce((most, value) => Math.max(most, value))
  return median(values)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
