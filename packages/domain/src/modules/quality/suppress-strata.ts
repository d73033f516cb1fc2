import { isFew, type PopulationCounts, SMALLEST_SHOWN } from './suppress.ts'
import { leastCut, type NetworkArc, networkOf } from './least-cut.ts'

/** People of a practice, or of the region (null), in one stratum of a measure. */
export interface StratumCell {
  readonly practiceId: string | null
  readonly stratum: string
  readonly counts: PopulationCounts
}

/** What is told of a cell: every count, what the rate divides by and its numerator, or nothing. */
export type Telling = 'counts' | 'rate' | 'nothing'

/** How often each population counts in a figure: initial population, denominator, exclusion, exception, numerator. */
type Figure = readonly [number, number, number, number, number]
const RATE: readonly Figure[] = [
  [0, 1, -1, -1, 0],
  [0, 0, 0, 0, 1],
  [0, 1, -1, -1, -1],
]
const REST: readonly Figure[] = [
  [1, 0, 0, 0, 0],
  [0, 1, 0, 0, 0],
  [0, 0, 1, 0, 0],
  [0, 0, 0, 1, 0],
  [1, -1, 0, 0, 0],
  [0, 1, -1, 0, 0],
  [0, 1, 0, -1, 0],
  [0, 0, 1, 1, 0],
]

/**
 * Hides strata of one measure and dimension, of all practices and of the region, so that no count of 1 to 10 people is told, nor one that follows.
 * Every whole is known, and a stratum of the region is that of all practices together. So each cell stands in two sums: the table is a network
 * of practices, strata and region, its hidden cells are arcs, and what follows from all that is told are sums over cuts that every hidden arc
 * crosses in one direction. The least that follows with a cell in it is a minimal cut: where that is few, one more cell that crosses it is hidden.
 * A place whose whole is few in a figure is hidden whole; such practices stand for one, together with as many others as make their whole not few.
 * Wants a cell of every practice in every stratum. Answers what is told of each, in their order.
 */
export function suppressStrata(cells: readonly StratumCell[]): Telling[] {
  const rate = hiddenOf(cells, RATE, new Set())
  const counts = hiddenOf(cells, REST, rate)
  return cells.map((_, at) => (rate.has(at) ? 'nothing' : counts.has(at) ? 'rate' : 'counts'))
}

function hiddenOf(cells: readonly StratumCell[], figures: readonly Figure[], already: ReadonlySet<number>): Set<number> {
  const values = figures.map((figure) => cells.map(({ counts }) => valueOf(figure, counts)))
  const places = Map.groupBy(cells.keys(), (at) => cells[at]!.practiceId)
  const isSmall = (of: readonly number[]): boolean => values.some((value) => isFew(sumOf(value, of)))
  if (isSmall(places.get(null) ?? [])) return new Set(cells.keys())
  const together = smallPlaces(cells, places, isSmall)
  const hidden = new Set([...already, ...[...together].flatMap((place) => places.get(place)!)])
  for (const at of cells.keys()) if (values.some((value) => isFew(value[at]!))) hidden.add(at)
  const { vertices, arcs } = tableOf(cells, together)
  const network = networkOf(vertices, arcs)
  const isHidden = Uint8Array.from(arcs, (arc) => Number(arc.cells.some((at) => hidden.has(at))))
  for (const value of values) {
    const flows = arcs.map((arc) => Math.abs(arc.flowOf(value)))
    for (const [through, { isSurplus }] of arcs.entries()) {
      if (!isFew(flows[through]!) || !(isSurplus || isHidden[through])) continue
      // Nobody is taken to be known to two practices, but where that is what would follow. What one more hidden cell leaves open, another does, too.
      const isOpen = (index: number): boolean => isHidden[index] === 1 || (isSurplus && arcs[index]!.isSurplus)
      for (;;) {
        const cut = leastCut(network, { flows, through, isOpen, enough: SMALLEST_SHOWN })
        const next = cut && arcToHide(cells, arcs, isHidden, cut)
        if (next === null) break
        isHidden[next] = 1
        hidden.add(arcs[next]!.cells[0]!)
      }
    }
  }
  return hidden
}

/** Practices that are hidden whole, and others with them, the smallest first, until what they are together is not few. */
function smallPlaces(
  cells: readonly StratumCell[],
  places: ReadonlyMap<string | null, readonly number[]>,
  isSmall: (of: readonly number[]) => boolean,
): Set<string> {
  const practices = [...places.keys()].filter((place) => place !== null)
  const small = new Set(practices.filter((place) => isSmall(places.get(place)!)))
  const bySize = practices
    .map((place) => ({ place, size: places.get(place)!.reduce((sum, at) => sum + sizeOf(cells[at]!), 0) }))
    .filter(({ place, size }) => !small.has(place) && size > 0)
    .sort((a, b) => a.size - b.size || (a.place < b.place ? -1 : 1))
  const whole = (): number[] => [...small].flatMap((place) => places.get(place)!)
  while (small.size > 0 && bySize.length > 0 && isSmall(whole())) small.add(bySize.shift()!.place)
  return small
}

interface Arc extends NetworkArc {
  /** Those that it stands for. */
  readonly cells: readonly number[]
  /** Of the surplus of all practices over the region: people known to several, which nobody is told. */
  readonly isSurplus: boolean
  flowOf(value: readonly number[]): number
}

/** Arcs lead from practices to their strata, and from strata to the region and to the surplus. */
function tableOf(cells: readonly StratumCell[], together: ReadonlySet<string>): { vertices: number; arcs: Arc[] } {
  const vertices = new Map<string, number>()
  const vertex = (name: string): number => vertices.get(name) ?? (vertices.set(name, vertices.size), vertices.size - 1)
  const surplus = vertex('surplus')
  const region = vertex('region')
  const placeOf = ({ practiceId }: StratumCell): number =>
    vertex(practiceId !== null && together.has(practiceId) ? 'together' : `practice ${practiceId}`)
  const arcs = [...Map.groupBy(cells.keys(), (at) => cells[at]!.stratum)].flatMap(([stratum, of]) => {
    const to = vertex(`stratum ${stratum}`)
    const ofPractices = of.filter((at) => cells[at]!.practiceId !== null)
    const ofRegion = of.filter((at) => cells[at]!.practiceId === null)
    const arc = (from: number, into: number, some: readonly number[]): Arc => ({
      ...{ from, to: into, cells: some, isSurplus: false },
      flowOf: (value) => sumOf(value, some),
    })
    return [
      ...[...Map.groupBy(ofPractices, (at) => placeOf(cells[at]!))].map(([from, some]) => arc(from, to, some)),
      arc(to, region, ofRegion),
      {
        from: to,
        to: surplus,
        cells: [],
        isSurplus: true,
        flowOf: (value) => sumOf(value, ofPractices) - sumOf(value, ofRegion),
      } satisfies Arc,
    ]
  })
  return { vertices: vertices.size, arcs }
}

/** Of cells told (an arc each) that would make a cut tell more people, or nothing: the smallest with somebody in it, or else one with nobody. */
function arcToHide(cells: readonly StratumCell[], arcs: readonly Arc[], isHidden: Uint8Array, cut: ReadonlySet<number>): number | null {
  let best: number | null = null
  let least = Infinity
  for (const [index, { from, to, isSurplus, cells: of }] of arcs.entries()) {
    if (isSurplus || isHidden[index] || cut.has(from) === cut.has(to)) continue
    const size = sizeOf(cells[of[0]!]!) || Number.MAX_SAFE_INTEGER
    if (size < least) [best, least] = [index, size]
  }
  return best
}

const sizeOf = ({ counts }: StratumCell): number => counts.initialPopulation
const sumOf = (value: readonly number[], of: readonly number[]): number => of.reduce((sum, at) => sum + value[at]!, 0)
const valueOf = ([i, d, x, e, n]: Figure, counts: PopulationCounts): number =>
  i * counts.initialPopulation +
  d * counts.denominator +
  x * counts.denominatorExclusion +
  e * counts.denominatorException +
  n * counts.numerator
