/** Point types of intervals: those with a successor (CQL 1.5, Author's Guide, Interval Values). */
export type PointType = 'Integer' | 'Long' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity'

/**
 * CQL Interval. A null boundary is the end of the type's range when closed and unknown when open
 * (CQL 1.5, Author's Guide, Interval Values). `pointType` is what the ELM knows of it: needed only where both
 * boundaries are null, else the values tell.
 */
export class Interval<T = unknown> {
  readonly low: T | null
  readonly high: T | null
  readonly lowClosed: boolean
  readonly highClosed: boolean
  readonly pointType: PointType | null

  constructor(low: T | null, high: T | null, lowClosed = true, highClosed = true, pointType: PointType | null = null) {
    this.low = low
    this.high = high
    this.lowClosed = lowClosed
    this.highClosed = highClosed
    this.pointType = pointType
  }
}
