import { areAlike, type Shown } from './saved-view.ts'

const shown: Shown = {
  filter: { condition: 'diabetes', comingGap: { withinDays: 30, measure: 'm' } },
  sort: 'RISK',
  reversed: false,
  columns: ['AGE', 'RISK'],
}

test('what is not filtered by, and the order in which filters were written, make no difference; everything else does', () => {
  expect(areAlike(shown, { ...shown, filter: { tier: null, comingGap: { measure: 'm', withinDays: 30 }, condition: 'diabetes' } })).toBe(
    true,
  )
  for (const other of [
    { ...shown, filter: { condition: 'diabetes' } },
    { ...shown, filter: { ...shown.filter, tier: 0 } },
    { ...shown, sort: 'AGE' as const },
    { ...shown, reversed: true },
    { ...shown, columns: ['RISK' as const, 'AGE' as const] },
  ])
    expect(areAlike(shown, other)).toBe(false)
})
