import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal } from '@carecommons/kernel'
import { type PracticesBy, readPracticesBy } from './practices-by.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'csv-'))))
afterAll(async () => rm(folder, { recursive: true }))

async function read(text: string): Promise<PracticesBy> {
  const file = join(folder, 'practices.csv')
  await writeFile(file, text)
  const practices = await readPracticesBy(file)
  if (isRefusal(practices)) throw new Error(practices.message)
  return practices
}

test('patient to practice, columns in any order', async () => {
  const { byPatient, faults } = await read(
    'pcp_org_zip;pcp_org_name;patient_id;pcp_org_id;pcp_practitioner_id\n01605;"ALDER; FAMILY";p1;o1;d1\n',
  )
  expect(faults).toEqual([])
  expect(byPatient.get('p1')).toEqual({
    organizationId: 'o1',
    organizationName: 'ALDER; FAMILY',
    city: null,
    postalCode: '01605',
    practitionerId: 'd1',
  })
})

test('only the two ids are required', async () => {
  const { byPatient } = await read('patient_id,pcp_org_id\np1,o1\n')
  expect(byPatient.get('p1')).toEqual({ organizationId: 'o1', organizationName: null, city: null, postalCode: null, practitionerId: null })
})

test('bad rows are reported, the first practice of a patient holds', async () => {
  const { byPatient, faults } = await read('patient_id,pcp_org_id\n,o1\np1,o 1\np2,o2\np2,o3\np2,o2\n')
  expect([...byPatient.keys()]).toEqual(['p2'])
  expect(byPatient.get('p2')!.organizationId).toBe('o2')
  expect(faults.map((fault) => fault.line)).toEqual([2, 3, 5])
})

test('a file without the columns is refused', async () => {
  await expect(read('patient,practice\n')).rejects.toThrow('patient_id, pcp_org_id')
})
