/**
 * A whole number that is known only to lie from `low` to `high`, both included: a duration or difference between
 * imprecise dates (CQL 1.5, Developer's Guide, Uncertainty).
 */
export class Uncertainty {
  readonly low: number
  readonly high: number

  constructor(low: number, high: number) {
    this.low = low
    this.high = high
  }
}
