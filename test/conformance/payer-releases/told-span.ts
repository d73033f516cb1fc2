/** Below 2^26: products are exact. What follows modulo it follows, but for one in tens of millions. */
const PRIME = 67_108_859
const modulo = (value: number): number => ((value % PRIME) + PRIME) % PRIME

function inverse(value: number): number {
  let [result, base] = [1, value]
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = modulo(result * base)
    base = modulo(base * base)
  }
  return result
}

/** Figures that are sums over the same unknowns, and whatever follows from them by adding and taking away. */
export class ToldSpan {
  readonly #rows: { readonly pivot: number; readonly of: Float64Array }[] = []

  get rank(): number {
    return this.#rows.length
  }

  add(figure: ArrayLike<number>): void {
    const rest = this.#reduced(figure)
    const pivot = rest.findIndex((one) => one !== 0)
    if (pivot < 0) return
    const factor = inverse(rest[pivot]!)
    this.#rows.push({ pivot, of: rest.map((one) => modulo(one * factor)) })
  }

  has(figure: ArrayLike<number>): boolean {
    return this.#reduced(figure).every((one) => one === 0)
  }

  #reduced(figure: ArrayLike<number>): Float64Array {
    const rest = Float64Array.from(figure, modulo)
    for (const { pivot, of } of this.#rows) {
      const by = PRIME - rest[pivot]!
      if (by === PRIME) continue
      for (let at = 0; at < rest.length; at++) if (of[at] !== 0) rest[at] = modulo(rest[at]! + by * of[at]!)
    }
    return rest
  }
}
