/** What a process does by itself: its middle, and the limits that chance keeps nearly all points within. */
export interface ControlLimits {
  readonly middle: number
  readonly low: number
  readonly high: number
}

/** Fewer points say too little of what is usual to judge others by. */
export const FEWEST_POINTS = 12

/** 3 / d2 and D4 of moving ranges of two points. */
const LIMIT = 2.66
const UPPER_RANGE = 3.267

/**
 * Limits of an XmR chart: mean ± 2.66 mean moving ranges. Ranges above their own limit are left out of their mean once, so that one wild point does not
 * hide others: Provost LP, Murray SK, The Health Care Data Guide, 2011; as NHS England's Making Data Count draws them (NHSRplotthedots).
 */
export function xmrLimits(values: readonly number[]): ControlLimits {
  const middle = mean(values)
  const ranges = values.slice(1).map((value, index) => Math.abs(value - values[index]!))
  const usual = ranges.filter((range) => range <= UPPER_RANGE * mean(ranges))
  const reach = LIMIT * mean(usual)
  return { middle, low: middle - reach, high: middle + reach }
}

/** Limits of a p chart for so many people: three standard errors about the middle. */
export function pLimits(middle: number, of: number): ControlLimits {
  const reach = 3 * Math.sqrt((middle * (1 - middle)) / of)
  return { middle, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Rules of NHS England's Making Data Count, as its package NHSRplotthedots marks them: a point outside the limits; a shift of seven points or more
 * on one side of the middle; a trend of seven rising or falling; two of three, all on one side, in the third that is nearest to a limit.
 */
export type Signal = 'outside' | 'shift' | 'trend' | 'two-of-three'

export interface ChartPoint extends ControlLimits {
  readonly value: number
}

const RUN = 7

/** The rules by which each point stands out. All but the first want points that do not share what they count. */
export function signalsOf(points: readonly ChartPoint[]): Signal[][] {
  const found = points.map((): Signal[] => [])
  const mark = (signal: Signal, at: readonly number[]): void => {
    for (const index of at) if (!found[index]!.includes(signal)) found[index]!.push(signal)
  }
  const side = points.map(({ value, middle }) => Math.sign(value - middle))
  const step = points.map(({ value }, index) => (index === 0 ? 0 : Math.sign(value - points[index - 1]!.value)))
  const isClose = points.map(
    ({ value, middle, low, high }) => value > middle + ((high - middle) * 2) / 3 || value < middle - ((middle - low) * 2) / 3,
  )
  for (const [index, { value, low, high }] of points.entries()) {
    if (value < low || value > high) mark('outside', [index])
    const run = places(index, RUN)
    if (run.length === RUN && side[index] !== 0 && run.every((at) => side[at] === side[index])) mark('shift', run)
    if (run.length === RUN && step[index] !== 0 && run.slice(1).every((at) => step[at] === step[index])) mark('trend', run)
    const three = places(index, 3)
    const close = three.filter((at) => isClose[at])
    if (three.length === 3 && close.length >= 2 && side[index] !== 0 && three.every((at) => side[at] === side[index]))
      mark('two-of-three', close)
  }
  return found
}

/** So many places that end with one; fewer at the beginning. */
const places = (last: number, length: number): number[] =>
  Array.from({ length }, (_, index) => last - length + 1 + index).filter((at) => at >= 0)
