import fc from 'fast-check'
import { newId } from '@carecommons/kernel'
import { patientOrders, type PatientOrderName, readCursor, writeCursor } from './patient-order.ts'

const names = Object.keys(patientOrders) as PatientOrderName[]
const values = {
  text: fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  date: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  numeric: fc.tuple(fc.integer(), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`),
  smallint: fc.nat(9999).map(String),
}
const forwards = (name: PatientOrderName) => ({ name, reversed: false })
const places = fc.constantFrom(...names).chain((name) => {
  const { type, nullable } = patientOrders[name]
  const value = nullable ? fc.option(values[type], { nil: null }) : values[type]
  return fc.record({ name: fc.constant(name), value, id: fc.constant(newId()) })
})

test('a cursor comes back as the place it was written for, in its own order only', () => {
  fc.assert(
    fc.property(places, fc.boolean(), fc.constantFrom(...names), ({ name, value, id }, reversed, other) => {
      const cursor = writeCursor({ name, reversed }, { value, id })
      expect(readCursor({ name, reversed }, cursor)).toEqual({ value, id })
      if (other !== name) expect(() => readCursor({ name: other, reversed }, cursor)).toThrow('not a cursor')
      expect(() => readCursor({ name, reversed: !reversed }, cursor)).toThrow('not a cursor')
    }),
  )
})

test('whatever else is handed in is said to be no cursor', () => {
  fc.assert(
    fc.property(fc.string(), fc.json(), fc.constantFrom(...names), (text, json, name) => {
      for (const cursor of [text, Buffer.from(text).toString('base64url'), Buffer.from(json).toString('base64url')]) {
        expect(() => readCursor(forwards(name), cursor)).toThrow('not a cursor')
      }
    }),
  )
  expect(() => readCursor(forwards('A1C'), Buffer.from(JSON.stringify(['A1C', "1'; --", newId()])).toString('base64url'))).toThrow(
    'not a cursor',
  )
  expect(() => readCursor(forwards('NAME'), Buffer.from(JSON.stringify(['NAME', null, newId()])).toString('base64url'))).toThrow(
    'not a cursor',
  )
})
