import { type Course, coursesOf, middleOf } from './courses.ts'

const year = (rate: number): number[] => Array.from({ length: 12 }, () => rate)
const practice = (name: string, rates: readonly (number | null)[], people = 200) => ({
  ...{ practiceId: name, name, watermark: '7', rates, people: rates.map((rate) => (rate === null ? null : people)) },
})
const courses = (improvement: string, practices: readonly object[]): readonly Course[] =>
  coursesOf({ endsOn: [], measures: [{ measure: { improvement }, practices }] } as never).measures[0]!.courses

test('a practice is compared with itself a year before; who got worse stands first, whoever has no year before last', () => {
  const found = courses('INCREASE', [
    practice('alike', [...year(0.5), 0.52]),
    practice('better', [...year(0.5), 0.7]),
    practice('new', [...year(0.5).map(() => null), 0.5]),
    practice('worse', [...year(0.5), 0.3]),
  ])
  expect(found.map(({ name, change }) => [name, change?.verdict])).toEqual([
    ['worse', 'worse'],
    ['better', 'better'],
    ['alike', 'alike'],
    ['new', undefined],
  ])
  expect(courses('DECREASE', [practice('fewer', [...year(0.5), 0.3])])[0]?.change?.verdict).toBe('better')
})

test('of few people the same difference may be chance, and a practice that is not told now is left out', () => {
  expect(courses('INCREASE', [practice('small', [...year(0.5), 0.7], 20)])[0]?.change?.verdict).toBe('alike')
  expect(courses('INCREASE', [practice('hidden', [...year(0.5), null])])).toEqual([])
})

test('the middle practice is that of the months that are told', () => {
  const all = courses('INCREASE', [practice('a', [null, 0.2]), practice('b', [0.4, 0.3]), practice('c', [0.6, 0.8])])
  expect(middleOf(all, 3)).toEqual([0.5, 0.3, null])
})
