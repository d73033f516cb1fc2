// An import stopped between any two of its transactions, one after the other: the same command leads to the same region and report.
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('lines that were edited after they landed are read again, though the file has its size and its time: of a file that was done, and of one that was not', async () => {
  const many = (value: number) => Array.from({ length: 9000 }, (_, n) => a1c(`many-${n}`, 'p1', value))
  for (const edited of ['Condition.ndjson', 'Observation.ndjson']) {
    const files = folderOf({
      'Patient.ndjson': [patient('p1')],
      'Condition.ndjson': [diabetes('c1', 'p1')],
      // More than a batch: the first of it has landed, the rest has not been read.
      'Observation.ndjson': many(6),
    })
    const path = join(files, edited)
    // A whole second: what a file system keeps beyond milliseconds could not be put back, and the file would count as another.
    const before = 1_600_000_000
    utimesSync(path, before, before)
    const region = await openRegion()
    try {
      // Begun; patients and conditions landed and done; a batch of observations landed.
      await expect(region.import(files, {}, stopsAfter(6))).rejects.toThrow('stopped here')
      expect(await region.sql('select lines_read, done from import_file order by ordinal')).toEqual([
        { lines_read: 1, done: true },
        { lines_read: 1, done: true },
        { lines_read: 8000, done: false },
      ])

      const [text, known] = [readFileSync(path, 'utf8'), statSync(path)]
      writeFileSync(path, edited === 'Condition.ndjson' ? text.replace('44054006', '44054007') : text.replace('"value":6', '"value":9'))
      utimesSync(path, before, before)
      expect(statSync(path)).toMatchObject({ size: known.size, mtimeMs: known.mtimeMs })

      expect((await region.import(files)).counts.all).toMatchObject({ corrected: 1, rejected: 0, lines: 9002 })
      const [held] = await region.sql(
        `select (select count(*)::int from clinical_fact where value = 9) as values, (select count(*)::int from code where code = '44054007') as codes`,
      )
      expect(held).toEqual(edited === 'Condition.ndjson' ? { values: 0, codes: 1 } : { values: 1, codes: 0 })
    } finally {
      await region.close()
      rmSync(files, { recursive: true })
    }
  }
}, 120_000)
