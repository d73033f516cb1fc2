import { type TypedValue, valueProblem } from './typed-value.ts'

const today = '2026-03-09'
const codeOf = (value: Partial<TypedValue>) =>
  (valueProblem({ kind: 'a1c', value: 7.4, on: '2026-03-02', ...value }, today) as { code: string } | null)?.code ?? 'taken'

test.each<[string, Partial<TypedValue>, string]>([
  ['an HbA1c', {}, 'taken'],
  ['one of today', { on: today }, 'taken'],
  ['one of tomorrow', { on: '2026-03-10' }, 'DayAhead'],
  ['one in mmol/mol', { value: 57 }, 'ValueImpossible'],
  ['one with two decimals', { value: 7.45 }, 'ValueImpossible'],
  ['no number', { value: Number.NaN }, 'ValueImpossible'],
  ['a second number', { second: 3 }, 'ValueImpossible'],
  ['a blood pressure', { kind: 'blood-pressure', value: 142, second: 88 }, 'taken'],
  ['half of one', { kind: 'blood-pressure', value: 142 }, 'ValueMissing'],
  ['one the other way round', { kind: 'blood-pressure', value: 88, second: 142 }, 'ValueImpossible'],
  ['one with a digit too many', { kind: 'blood-pressure', value: 1420, second: 88 }, 'ValueImpossible'],
  ['a PHQ-9', { kind: 'phq9', value: 0 }, 'taken'],
  ['a PHQ-9 beyond its scale', { kind: 'phq9', value: 28 }, 'ValueImpossible'],
])('%s is taken, or said why not', (_name, value, code) => {
  expect(codeOf(value)).toBe(code)
})
