import { isFew } from '#modules/quality'

export interface MoveCell<Place extends string> {
  readonly before: Place
  readonly after: Place
  readonly charts: number
}

/**
 * A table of moves with small cells hidden (null). How many stood in each place before, and stand there after, can be known from elsewhere:
 * so no line of the table, in either direction, hides a single cell, which could then be worked out. Answers every cell that is hidden or has
 * somebody in it: a cell with nobody hides as well as any. Who stays is taken for known.
 */
export function suppressMoves<Place extends string>(
  cells: readonly MoveCell<Place>[],
  all: readonly Place[],
): { readonly before: Place; readonly after: Place; readonly shown: number | null }[] {
  const at = (before: string, after: string): string => `${before} > ${after}`
  const counts = new Map(cells.map(({ before, after, charts }) => [at(before, after), charts]))
  const hidden = new Set([...counts].filter(([, charts]) => isFew(charts)).map(([key]) => key))
  const lines = [
    ...all.map((before) => all.flatMap((after) => (after === before ? [] : [at(before, after)]))),
    ...all.map((after) => all.flatMap((before) => (after === before ? [] : [at(before, after)]))),
  ]
  for (let changed = true; changed;) {
    changed = false
    for (const line of lines) {
      if (line.filter((key) => hidden.has(key)).length !== 1) continue
      // The smallest other one that has somebody, if there is one.
      const others = line.filter((key) => !hidden.has(key)).sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))
      const beside = others.find((key) => (counts.get(key) ?? 0) > 0) ?? others[0]!
      hidden.add(beside)
      changed = true
    }
  }
  return all.flatMap((before) =>
    all.flatMap((after) => {
      if (before === after) return []
      const key = at(before, after)
      const shown = hidden.has(key) ? null : (counts.get(key) ?? 0)
      return shown === 0 ? [] : [{ before, after, shown }]
    }),
  )
}

/** How many of some movers have a clause: shown only where neither they nor the others are few, and nothing where the movers are hidden. */
export const shownAmong = (count: number, movers: number | null): number | null =>
  movers === null || isFew(count) || isFew(movers - count) ? null : count

/** Counts of one sample, each null where it, or what is left of one shown before it, is 1 to 10 people. */
export function shownCounts(sample: number, [initial, denominator, exclusion, exception, numerator]: readonly number[]): (number | null)[] {
  const shown = [sample]
  const show = (count: number, ...rests: number[]): number | null => {
    const tells = [count, ...shown.map((other) => other - count), ...rests].some(isFew)
    if (tells) return null
    shown.push(count)
    return count
  }
  const rated = denominator! - exclusion! - exception!
  return [
    show(initial!),
    show(denominator!),
    show(exclusion!),
    show(exception!, denominator! - exclusion! - exception!),
    show(numerator!, rated - numerator!, rated),
  ]
}
