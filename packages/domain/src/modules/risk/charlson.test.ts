import fc from 'fast-check'
import { charlson } from './charlson.ts'
import { charlsonGroups, charlsonWeights } from './charlson-tables.ts'
import { chartWith } from './risk-chart.fixture.ts'

const index = (codes: readonly string[], model: keyof typeof charlsonWeights = 'charlson-1987') => charlson(chartWith(codes), model).score

test('worked examples: those of the R package ciecl, which were checked with comorbidity 1.1.0 (weights of 1987)', () => {
  expect(index(['E11.0', 'I50.9', 'C50.9', 'J44.9', 'I10', 'N18.9', 'F32.9', 'E66.9', 'I21.0', 'K70.3'])).toBe(9)
  expect(index(['E11.0', 'I50.9', 'C50.9', 'J44.9'])).toBe(5)
  expect([['Z00.0'], ['E11.0', 'I50.9', 'J44.9'], ['E11.0', 'I50.9', 'C50.9', 'N18.9', 'B24']].map((codes) => index(codes))).toEqual([
    0, 3, 12,
  ])
  expect([['E10.9'], ['I21.0'], ['C34.9'], ['I50.9'], ['B24']].map((codes) => index(codes))).toEqual([1, 1, 2, 1, 6])
})

test('the weights of 2011 are those printed in the paper, of which five are 0', () => {
  expect(index(['E11.0', 'I50.9', 'C50.9', 'J44.9'], 'charlson-quan-2011')).toBe(5)
  expect(index(['I21.0', 'I70.0', 'I63.9', 'K25.9', 'E11.9'], 'charlson-quan-2011')).toBe(0)
  expect(Object.values(charlsonWeights['charlson-quan-2011'].weights).reduce<number>((sum, weight) => sum + weight, 0)).toBe(28)
  expect(Object.values(charlsonWeights['charlson-1987'].weights).reduce<number>((sum, weight) => sum + weight, 0)).toBe(33)
})

test('of two degrees of one illness the severe one counts, whichever was written first', () => {
  expect(index(['E11.9', 'E11.21'])).toBe(2)
  expect(index(['K72.9', 'K73.0'])).toBe(3)
  expect(index(['C79.5', 'C50.9'], 'charlson-quan-2011')).toBe(6)
})

test('a problem that the tables cannot read is named and not counted', () => {
  const chart = chartWith(['I50.9'])
  const { score, inputs } = charlson({ ...chart, problems: [...chart.problems, { fact: 'Condition/odd', groups: null }] }, 'charlson-1987')
  expect([score, inputs.at(-1)]).toEqual([
    1,
    { text: '1 problem has no code that these tables read: not counted', points: 0, facts: ['Condition/odd'] },
  ])
})

// Written anew from the tables of the reference, root by root, so that it shares neither ranges nor weights with the product.
const PLAIN: readonly (readonly [string, string, number, number])[] = [
  ['mi', 'I21 I22 I252', 1, 0],
  ['chf', 'I099 I110 I130 I132 I255 I420 I425 I426 I427 I428 I429 I43 I50 P290', 1, 2],
  ['pvd', 'I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959', 1, 0],
  ['cevd', 'G45 G46 H340 I60 I61 I62 I63 I64 I65 I66 I67 I68 I69', 1, 0],
  ['dementia', 'F00 F01 F02 F03 F051 G30 G311', 1, 2],
  ['cpd', 'I278 I279 J40 J41 J42 J43 J44 J45 J46 J47 J60 J61 J62 J63 J64 J65 J66 J67 J684 J701 J703', 1, 1],
  ['rheumd', 'M05 M06 M315 M32 M33 M34 M351 M353 M360', 1, 1],
  ['pud', 'K25 K26 K27 K28', 1, 0],
  ['mld', 'B18 K700 K701 K702 K703 K709 K713 K714 K715 K717 K73 K74 K760 K762 K763 K764 K768 K769 Z944', 1, 2],
  ['diab', 'E100 E101 E106 E108 E109 E110 E111 E116 E118 E119 E130 E131 E136 E138 E139', 1, 0],
  ['diabwc', 'E102 E103 E104 E105 E107 E112 E113 E114 E115 E117 E132 E133 E134 E135 E137', 2, 1],
  ['hp', 'G041 G114 G801 G802 G81 G82 G830 G831 G832 G833 G834 G839', 2, 2],
  ['rend', 'I120 I131 N032 N033 N034 N035 N036 N037 N052 N053 N054 N055 N056 N057 N18 N19 N250 Z490 Z491 Z492 Z940 Z992', 2, 1],
  [
    'canc',
    `C43 C88 ${['C0', 'C1'].flatMap((ten) => [...'0123456789'].map((one) => ten + one)).join(' ')} C50 C61 C71 C76 C81 C85 C90 C95`,
    2,
    2,
  ],
  ['msld', 'I850 I859 I864 I982 K704 K711 K721 K729 K765 K766 K767', 3, 4],
  ['metacanc', 'C77 C78 C79 C80', 6, 6],
  ['aids', 'B20 B21 B22 B24', 6, 4],
]

function plainly(codes: readonly string[], column: 2 | 3): number {
  const bare = codes.map((code) => code.replace('.', ''))
  const has = new Set<string>(
    PLAIN.filter(([, roots]) => roots.split(' ').some((root) => bare.some((code) => code.startsWith(root)))).map(([key]) => key),
  )
  if (has.has('diabwc')) has.delete('diab')
  if (has.has('msld')) has.delete('mld')
  if (has.has('metacanc')) has.delete('canc')
  return PLAIN.reduce((sum, row) => sum + (has.has(row[0]) ? row[column] : 0), 0)
}

const dotted = (root: string): string => (root.length > 3 ? `${root.slice(0, 3)}.${root.slice(3)}` : root)
const roots = PLAIN.flatMap(([, line]) => line.split(' '))
const codes = fc.oneof(
  fc.tuple(fc.constantFrom(...roots), fc.constantFrom('', '1', '9')).map(([root, more]) => dotted(root + more)),
  fc.constantFrom('I10', 'E78.5', 'I25.10', 'Z00.00', 'H34.11', 'C44.91', 'K71.0', 'F05.9', 'I73.00', 'J30.9', 'N17.9', 'G83.5', 'Z95.5'),
)

test('random problems: the same sums as a plain computation', () => {
  fc.assert(
    fc.property(fc.array(codes, { maxLength: 8 }), (some) => {
      expect(index(some)).toBe(plainly(some, 2))
      expect(index(some, 'charlson-quan-2011')).toBe(plainly(some, 3))
    }),
    { numRuns: 1000 },
  )
  expect(PLAIN).toHaveLength(Object.keys(charlsonGroups).length)
})
