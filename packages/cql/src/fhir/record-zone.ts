/**
 * Where the clock of a record's times stands: minutes ahead of UTC of the zone that they are moved into - the region's, so that days are those
 * of the practice - or, marked, of the zone that only those without one are in, while all others stay as they were written.
 *
 * The second is the letter of CQL 1.5 (Reference, Same As, Before and After): times of different offsets are brought together where hours or
 * finer are compared, and days are compared as they stand. One number for both, because it is read with every time of every record.
 */
export type RecordZone = number

const MARK = 1_000_000

export const asWrittenFrom = (offsetMinutes: number): RecordZone => offsetMinutes + MARK
export const staysAsWritten = (zone: RecordZone): boolean => zone > MARK / 2
export const offsetIn = (zone: RecordZone): number => (staysAsWritten(zone) ? zone - MARK : zone)
