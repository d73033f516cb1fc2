/** Batches that land or wait for it while the next is parsed: enough to bear slow moments of either side, few enough for memory. */
const AHEAD = 2

/** Lands batches one after the other while the next are parsed. After a failure nothing lands any more. */
export class Landings {
  #last: Promise<void> = Promise.resolve()
  readonly #unfinished: Promise<void>[] = []

  /** Resolves when the next batch may be parsed; rejects when one before failed. */
  async add(land: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(land)
    this.#last.catch(() => undefined) // told by the next call, or by `done`
    this.#unfinished.push(this.#last)
    if (this.#unfinished.length > AHEAD) await this.#unfinished.shift()
  }

  done(): Promise<void> {
    return this.#last
  }
}
