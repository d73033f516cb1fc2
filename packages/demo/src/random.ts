/** Hex text of every 16-bit number, so that an id costs eight look-ups. */
const HEX = Array.from({ length: 0x10000 }, (_, n) => n.toString(16).padStart(4, '0'))

/** What a stream of chance is for. Each chart draws from streams of its own, so none depends on its neighbours. */
export const STREAM = { directory: 1, person: 2, chart: 3, pairing: 4 } as const

/** Seeded pseudo-random numbers (sfc32, a public-domain generator by Chris Doty-Humphrey). Not for secrets. */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, stream: number, index = 0) {
    this.a = scramble(seed)
    this.b = scramble(this.a ^ Math.imul(stream, 0x9e3779b1))
    this.c = scramble(this.b ^ index)
    for (let round = 0; round < 12; round++) this.bits()
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum
  }

  /** A number from 0 up to but not including 1. */
  unit(): number {
    return (this.bits() >>> 0) / 0x1_0000_0000
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.unit() * items.length)]!
  }

  /** The position drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number {
    let left = this.unit() * weights.reduce((sum, weight) => sum + weight, 0)
    for (let i = 0; i < weights.length - 1; i++) if ((left -= weights[i]!) < 0) return i
    return weights.length - 1
  }

  /** Roughly normal (sum of four uniforms, scaled): no value is further than 3.5 deviations out. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(3) * (this.unit() + this.unit() + this.unit() + this.unit() - 2)
  }

  /** How many events of a steady rate fall into one period. */
  poisson(rate: number): number {
    const limit = Math.exp(-rate)
    let count = 0
    for (let product = this.unit(); product > limit; product *= this.unit()) count++
    return count
  }

  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.whole(0, i)
      ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
    }
    return copy
  }

  /** A UUID of version 8 (RFC 9562, section 5.8: bits of our own choosing), because it is drawn from a seed. */
  uuid(): string {
    const w0 = this.bits()
    const w1 = this.bits()
    const w2 = this.bits()
    const w3 = this.bits()
    const head = HEX[w0 >>> 16]! + HEX[w0 & 0xffff]!
    const tail = HEX[w2 & 0xffff]! + HEX[w3 >>> 16]! + HEX[w3 & 0xffff]!
    return `${head}-${HEX[w1 >>> 16]!}-${HEX[(w1 & 0x0fff) | 0x8000]!}-${HEX[((w2 >>> 16) & 0x3fff) | 0x8000]!}-${tail}`
  }
}

/** Spreads the bits of a number over 32 (the finalizer of MurmurHash3). */
export function scramble(value: number): number {
  let h = (value ^ 0x2545f491) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
