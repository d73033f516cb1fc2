// An import stopped between any two of its transactions, one after the other: the same command leads to the same region and report.
import { rmSync } from 'node:fs'
import { factChecksums } from '../conformance/import/checksum.ts'
import { openRegion } from '../conformance/import/region.ts'
import { a1c, diabetes, encounter, folderOf, inPractice, patient, type Resource } from '../conformance/import/resources.ts'

const chartLines = (id: string): Resource[] => [a1c(`o-${id}`, id), encounter(`e-${id}`, id), diabetes(`c-${id}`, id)]

// Two files of one type that repeat ids, lines before their patient, one without, a broken one, new codes and practices on the way.
const folder = folderOf({
  'a.ndjson': [...chartLines('p1'), ...chartLines('p9'), a1c('o-p2', 'p2')],
  'Observation-1.ndjson': [a1c('o-1', 'p1', 6), a1c('o-2', 'p2', 7)],
  'Observation-2.ndjson': [a1c('o-2', 'p2', 7), a1c('o-1', 'p1', 9), '{"resourceType":"Observation"}', a1c('o-3', 'p3', 8)],
  'Patient-1.ndjson': [patient('p1', inPractice('ash')), patient('p2', inPractice('birch'))],
  'Patient-2.ndjson': [patient('p2', inPractice('birch')), patient('p1', inPractice('cedar')), patient('p3', inPractice('cedar'))],
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Lets so many transactions begin. */
function stopsAfter(transactions: number): AbortSignal {
  let begun = 0
  const throwIfAborted = (): void => {
    if (begun++ >= transactions) throw new Error('stopped here')
  }
  return { throwIfAborted } as AbortSignal
}

test('wherever it is stopped', async () => {
  const undisturbed = await openRegion()
  const wanted = await undisturbed.import(folder)
  const facts = await factChecksums(undisturbed)
  await undisturbed.close()
  expect(wanted.counts.all).toMatchObject({ created: 10, corrected: 0, unchanged: 2, rejected: 6 })

  for (let transactions = 0, isDone = false; !isDone; transactions++) {
    const region = await openRegion()
    try {
      isDone = await region.import(folder, {}, stopsAfter(transactions)).then(
        () => true,
        (error: Error) => {
          expect(error.message).toBe('stopped here')
          return false
        },
      )
      if (isDone) expect(transactions).toBeGreaterThan(15)
      else expect({ stoppedAfter: transactions, ...(await region.import(folder)) }).toEqual({ stoppedAfter: transactions, ...wanted })
      expect(await factChecksums(region)).toEqual(facts)
      expect(await region.sql(`select state from import_run`)).toEqual([{ state: 'finished' }])
    } finally {
      await region.close()
    }
  }
}, 180_000)
