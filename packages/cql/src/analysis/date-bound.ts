/** A moment of the measurement period, moved by months and days. */
export interface RelativeMoment {
  readonly anchor: 'start' | 'end'
  readonly months: number
  readonly days: number
}

/**
 * What a record's dates must be for it to matter: the latest moment found at the paths is not before any of `from`, and the earliest not
 * after all of `to`. A record that lacks one of the elements, or has it in another form than a date, a dateTime or a Period, may matter.
 */
export interface DateBound {
  /** Elements of the resource, in alphabetical order. */
  readonly paths: readonly string[]
  /** The earliest of them bounds; empty bounds nothing. */
  readonly from: readonly RelativeMoment[]
  /** The latest of them bounds; empty bounds nothing. */
  readonly to: readonly RelativeMoment[]
}

/** Bounds all of which hold for whatever can matter; none of them bound nothing. */
export type DateBounds = readonly DateBound[]

/** More say too little to be worth their while. */
const mostBounds = 12

/** For a record that both bounds are about. */
export function both(a: DateBounds, b: DateBounds): DateBounds {
  if (a.length + b.length === 0) return []
  const byPaths = Map.groupBy([...a, ...b], ({ paths }) => paths.join())
  // Any of them may be left out: fewer bounds let more records in.
  return [...byPaths.values()].flatMap(joined).slice(0, mostBounds)
}

/** Bounds on the same paths, each side said once. */
function joined(bounds: readonly DateBound[]): DateBound[] {
  const sides = (side: 'from' | 'to'): (readonly RelativeMoment[])[] => [
    ...new Map(bounds.flatMap((bound) => (bound[side].length > 0 ? [[JSON.stringify(bound[side]), bound[side]] as const] : []))).values(),
  ]
  const [from, to] = [sides('from'), sides('to')]
  return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => ({
    ...{ paths: bounds[0]!.paths, from: from[index] ?? [], to: to[index] ?? [] },
  }))
}

/** For a record that one of the bounds is about, nobody knows which. */
export function either(a: DateBounds, b: DateBounds): DateBounds {
  if (a.length === 0 || b.length === 0) return []
  return a
    .flatMap((one) => b.flatMap((other) => (samePaths(one, other) ? [hull(one, other)] : [])))
    .filter(({ from, to }) => from.length > 0 || to.length > 0)
    .reduce<DateBounds>((found, bound) => both(found, [bound]), [])
}

const samePaths = (a: DateBound, b: DateBound): boolean => a.paths.join() === b.paths.join()

const hull = (a: DateBound, b: DateBound): DateBound => ({
  paths: a.paths,
  from: a.from.length > 0 && b.from.length > 0 ? distinct([...a.from, ...b.from]) : [],
  to: a.to.length > 0 && b.to.length > 0 ? distinct([...a.to, ...b.to]) : [],
})

function distinct(moments: readonly RelativeMoment[]): readonly RelativeMoment[] {
  return [...new Map(moments.map((moment) => [`${moment.anchor} ${moment.months} ${moment.days}`, moment])).values()]
}
