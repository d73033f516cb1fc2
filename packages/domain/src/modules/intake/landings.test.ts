import { Landings } from './landings.ts'

const pause = () => new Promise((resolve) => setImmediate(resolve))

test('batches land one at a time and in order, and the reader is held back when too many wait', async () => {
  const landings = new Landings()
  const finish: (() => void)[] = []
  const begun: number[] = []
  const land = (batch: number) => () => {
    begun.push(batch)
    return new Promise<void>((resolve) => finish.push(resolve))
  }
  await landings.add(land(1))
  await landings.add(land(2))
  let isHeld = true
  const third = landings.add(land(3)).then(() => (isHeld = false))
  await pause()
  expect([begun, isHeld]).toEqual([[1], true])
  finish[0]!()
  await third
  await pause()
  expect(begun).toEqual([1, 2])
  finish[1]!()
  await pause()
  finish[2]!()
  await landings.done()
  expect(begun).toEqual([1, 2, 3])
})

test('after a failure nothing lands any more, and everybody who asks is told', async () => {
  const landings = new Landings()
  const failure = new Error('the server went away')
  const later = counting()
  await landings.add(() => Promise.reject(failure))
  await landings.add(later.land)
  await expect(landings.add(later.land)).rejects.toBe(failure)
  await expect(landings.done()).rejects.toBe(failure)
  expect(later.calls).toBe(0)
})

function counting() {
  const later = { calls: 0, land: async (): Promise<void> => void later.calls++ }
  return later
}
