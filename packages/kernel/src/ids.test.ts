import { isUuid, newId, newUndatedId } from './ids.ts'

test('ids are version 7, unique, and sort in the order they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId())
  expect(ids.every(isUuid)).toBe(true)
  expect(ids.every((id) => id[14] === '7' && '89ab'.includes(id[19]!))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('undated ids are version 4 and unique', () => {
  const ids = Array.from({ length: 20_000 }, () => newUndatedId())
  expect(ids.every((id) => isUuid(id) && id[14] === '4' && '89ab'.includes(id[19]!))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
})
