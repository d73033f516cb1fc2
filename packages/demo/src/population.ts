import { type Random, scramble } from './random.ts'

/** About one human in 25 is known to two practices, so one chart in 26 is somebody's second. */
const BLOCK = 26

/**
 * Which charts belong to the same human. Charts are numbered through the region, practice by practice; a chart's human
 * has the number of their first chart. Worked out from the number alone, so nothing has to be kept.
 */
export class Population {
  private readonly blocks: number
  private readonly seed: number
  private readonly ends: number[]

  constructor(random: Random, sizes: readonly number[]) {
    let end = 0
    this.ends = sizes.map((size) => (end += size))
    this.blocks = Math.floor(end / BLOCK)
    this.seed = random.bits()
  }

  /** Number of the practice that keeps a chart. */
  practiceOf(chart: number): number {
    let low = 0
    let high = this.ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (chart < this.ends[middle]!) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Number of the human: another chart's number when this is the second chart, which is always kept elsewhere. */
  humanOf(chart: number): number {
    const block = Math.floor(chart / BLOCK)
    if (block >= this.blocks || chart % BLOCK !== this.slot(block, 0)) return chart
    const other = (block + Math.floor(this.blocks / 2)) % this.blocks
    const first = other * BLOCK + this.slot(other, 1)
    return this.practiceOf(first) === this.practiceOf(chart) ? chart : first
  }

  /** Within each block one place is for a second chart (0), a different one for a human who has a second (1). */
  private slot(block: number, which: 0 | 1): number {
    const second = (scramble(this.seed ^ block) >>> 0) % BLOCK
    if (which === 0) return second
    return (second + 1 + ((scramble(this.seed + block + 0x5bd1) >>> 0) % (BLOCK - 1))) % BLOCK
  }
}
