import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isRefusal } from '@carecommons/kernel'
import { findFiles } from './find-files.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'files-'))))
afterEach(async () => rm(folder, { recursive: true }))

const put = (name: string, content: string | Buffer = '\n') => writeFile(join(folder, name), content)
async function found(...paths: string[]): Promise<string[]> {
  const files = await findFiles(paths)
  if (isRefusal(files)) throw new Error(files.message)
  return files.map((file) => `${basename(file.path)} ${file.type}`)
}

test('what others refer to comes first; other files are left alone', async () => {
  for (const name of [
    'Observation.ndjson',
    'Encounter-2.ndjson.gz',
    'Encounter-1.ndjson',
    '3.Patient.ndjson',
    'Coverage.NDJSON',
    'Organization.ndjson',
  ])
    await put(name)
  for (const name of ['_counts.json', 'practices.csv', 'Patient.ndjson.bak']) await put(name)
  await mkdir(join(folder, 'sub'))
  expect(await found(folder)).toEqual([
    'Organization.ndjson Organization',
    '3.Patient.ndjson Patient',
    'Coverage.NDJSON Coverage',
    'Encounter-1.ndjson Encounter',
    'Encounter-2.ndjson.gz Encounter',
    'Observation.ndjson Observation',
  ])
})

test('a name that says nothing makes the first line tell', async () => {
  await put('a.ndjson', '{"id":"1", "resourceType" : "Procedure"}\n')
  await put('b.ndjson.gz', gzipSync('\n{"resourceType":"Location","id":"1"}\n'))
  await put('c.ndjson', 'nothing')
  expect(await found(folder)).toEqual(['b.ndjson.gz Location', 'a.ndjson Procedure', 'c.ndjson null'])
})

test('a file named twice is read once, whatever it is called', async () => {
  await put('export.txt', '{"resourceType":"Goal"}')
  expect(await found(join(folder, 'export.txt'), join(folder, 'export.txt'))).toEqual(['export.txt Goal'])
})

test('nothing there is a refusal that names the path', async () => {
  const missing = join(folder, 'none')
  expect(await findFiles([missing])).toMatchObject({ code: 'PathUnreadable', message: `There is no file or folder ${missing}.` })
  await put('file.ndjson')
  expect(await findFiles([join(folder, 'file.ndjson', 'below')])).toMatchObject({ message: expect.stringContaining('There is no file') })
  await rm(join(folder, 'file.ndjson'))
  await mkdir(join(folder, 'folder.ndjson'))
  expect(await findFiles([folder])).toMatchObject({ code: 'NoFiles' })
})
