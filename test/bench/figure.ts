/** A measured number: the median of its runs, and how far these lie apart. */
export interface Figure {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function figure(...values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)! }
}

/** `9,120 (8,700–9,400)`; small numbers keep a decimal. */
export function inWords({ median, least, most }: Figure): string {
  const word = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 })
  return least === most ? word(median) : `${word(median)} (${word(least)}–${word(most)})`
}
