const deepest = 300

/** How far an analysis goes: packages are made by others, and what is not analysed is only not bounded. */
export class Steps {
  readonly #most: number
  #taken = 0
  #depth = 0

  constructor(most: number) {
    this.#most = most
  }

  /** One step deeper; the fallback where that is too far. */
  inside<T>(fallback: T, step: () => T): T {
    if (this.exhausted || this.#depth >= deepest) return fallback
    this.#taken++
    this.#depth++
    const result = step()
    this.#depth--
    return result
  }

  get exhausted(): boolean {
    return this.#taken >= this.#most
  }
}
