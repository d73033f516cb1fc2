export interface NetworkArc {
  readonly from: number
  readonly to: number
}

export interface Network {
  readonly arcs: readonly NetworkArc[]
  /** The arcs that begin or end at each vertex. */
  readonly beside: readonly (readonly number[])[]
}

export function networkOf(vertices: number, arcs: readonly NetworkArc[]): Network {
  const beside = Array.from({ length: vertices }, (): number[] => [])
  for (const [index, { from, to }] of arcs.entries()) {
    beside[from]!.push(index)
    beside[to]!.push(index)
  }
  return { arcs, beside }
}

interface Asked {
  /** What flows through each arc. */
  readonly flows: readonly number[]
  /** The arc that is to be cut. */
  readonly through: number
  isOpen(arc: number): boolean
  readonly enough: number
}

/**
 * A least cut through an arc that no open arc crosses backwards, as the vertices on the side where the arc begins; null where such a cut has
 * `enough` or more. By maximal flow (Ford and Fulkerson, 1956, https://doi.org/10.4153/CJM-1956-045-5), stopped at enough.
 */
export function leastCut({ arcs, beside }: Network, { flows, through, isOpen, enough }: Asked): Set<number> | null {
  const source = arcs[through]!.from
  const sink = arcs[through]!.to
  const left = Float64Array.from(flows)
  const cameBy = new Int32Array(beside.length)
  const reached: number[] = []
  for (let flow = 0; flow < enough;) {
    if (!reach()) return new Set(reached)
    let more = enough - flow
    for (const { index, isForwards } of way()) if (isForwards) more = Math.min(more, left[index]!)
    for (const { index, isForwards } of way()) left[index]! += isForwards ? -more : more
    flow += more
  }
  return null

  /** Finds the vertices that more can flow to, and by which arc: forwards what is left, backwards whatever one likes. Whether the sink is one. */
  function reach(): boolean {
    cameBy.fill(-1)
    reached.length = 0
    reached.push(source)
    cameBy[source] = through
    for (const vertex of reached) {
      for (const index of beside[vertex]!) {
        const { from, to } = arcs[index]!
        const next = from === vertex ? to : from
        if (cameBy[next] !== -1 || (from === vertex && left[index]! <= 0) || !isOpen(index)) continue
        cameBy[next] = index
        if (next === sink) return true
        reached.push(next)
      }
    }
    return false
  }

  function* way(): Generator<{ index: number; isForwards: boolean }> {
    for (let vertex = sink; vertex !== source;) {
      const index = cameBy[vertex]!
      const isForwards = arcs[index]!.to === vertex
      yield { index, isForwards }
      vertex = isForwards ? arcs[index]!.from : arcs[index]!.to
    }
  }
}
