import { productUnit, quotientUnit } from './unit-algebra.ts'

describe('units of products and quotients', () => {
  it.each([
    ['cm', 'cm', 'cm2', '1'],
    ['mg/(kg.d)', 'kg', 'mg/d', 'mg/kg2/d'],
    ['mg', 'mg/(kg.d)', 'mg2/kg/d', 'kg.d'],
    ['10*3/uL', 'uL', '10*3', '10*3/uL2'],
    ['(mg/(kg.d))/(mL/h)', 'mL', 'mg.h/kg/d', 'mg.h/kg/d/mL2'],
    ['mL/min/{1.73_m2}', 'min', 'mL/{1.73_m2}', 'mL/min2/{1.73_m2}'],
    ['{a(b}/(mm[Hg].d)', 'mm[Hg]', '{a(b}/d', '{a(b}/mm[Hg]2/d'],
  ])('%s and %s', (left, right, product, quotient) => {
    expect(productUnit(left, right)).toBe(product)
    expect(quotientUnit(left, right)).toBe(quotient)
  })
})
