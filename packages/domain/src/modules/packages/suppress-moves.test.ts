import fc from 'fast-check'
import { places } from '@carecommons/cql'
import { shownAmong, shownCounts, suppressMoves } from './suppress-moves.ts'

const table = fc.array(fc.record({ before: fc.constantFrom(...places), after: fc.constantFrom(...places), charts: fc.nat({ max: 40 }) }), {
  maxLength: 20,
})

describe('suppression of moves', () => {
  it('shows nothing of 1 to 10, and no line hides a single cell', () => {
    fc.assert(
      fc.property(table, (drawn) => {
        const cells = [
          ...new Map(drawn.filter(({ before, after }) => before !== after).map((cell) => [`${cell.before} ${cell.after}`, cell])).values(),
        ]
        const shown = suppressMoves(cells, places)
        for (const cell of shown) expect(cell.shown === null || cell.shown > 10).toBe(true)
        for (const key of ['before', 'after'] as const)
          for (const place of places) {
            const hidden = shown.filter((cell) => cell[key] === place && cell.shown === null)
            expect(hidden).not.toHaveLength(1)
          }
      }),
    )
  })

  it('0, 1, 10, 11 and complements: shown, hidden, hidden, shown', () => {
    expect([0, 1, 10, 11].map((count) => shownAmong(count, 100))).toEqual([0, null, null, 11])
    expect([shownAmong(90, 100), shownAmong(89, 100), shownAmong(5, null)]).toEqual([null, 89, null])
    expect(shownCounts(500, [200, 200, 20, 0, 100])).toEqual([200, 200, 20, 0, 100])
    expect(shownCounts(500, [200, 200, 5, 0, 100])).toEqual([200, 200, null, 0, 100])
    expect(shownCounts(205, [200, 200, 20, 0, 100])).toEqual([null, null, 20, 0, 100])
    expect(shownCounts(500, [200, 200, 20, 0, 175])).toEqual([200, 200, 20, 0, null])
  })
})
