import { isRefusal } from '@carecommons/kernel'
import fc from 'fast-check'
import { type CsvTable, readCsv } from './read-csv.ts'
import { readCell, writeCsv } from './write-csv.ts'

const columns = { required: ['id', 'name'], optional: ['zip'] } as const
type Column = 'id' | 'name' | 'zip'

async function table(text: string): Promise<CsvTable<Column>> {
  const read = await readCsv<Column>({ text }, columns)
  if (isRefusal(read)) throw new Error(read.message)
  return read
}

test.each([
  ['comma', 'id,name,zip\n1,Ann,01605\n'],
  ['semicolon, BOM, CRLF', '\uFEFFid;name;zip\r\n1;Ann;01605\r\n'],
  ['tab, no end of line', 'id\tname\tzip\n1\tAnn\t01605'],
  ['quotes', '"id","name","zip"\n"1","Ann","01605"\n'],
  ['another order, more columns, capitals, spaces', 'zip, Name ,more,ID\n01605, Ann ,x,1\n'],
])('%s', async (_, text) => {
  const { rows, faults } = await table(text)
  expect(rows.map((row) => ({ ...row.cells }))).toEqual([{ id: '1', name: 'Ann', zip: '01605' }])
  expect(faults).toEqual([])
})

test('a row has the line it begins on, also after cells that span lines', async () => {
  const { rows } = await table('id,name\n1,"two\nlines"\n\n2,"a ""quoted"" word"\n3,=x\n')
  expect(rows.map((row) => [row.line, row.cells.name])).toEqual([
    [2, 'two\nlines'],
    [5, 'a "quoted" word'],
    [6, '=x'],
  ])
})

test('rows that do not fit are reported by line and the others are read', async () => {
  const { rows, faults } = await table('id,name\n1\n2,Ann\n3,Bob,x\n4,Cyd\n')
  expect(rows.map((row) => row.cells.id)).toEqual(['2', '4'])
  expect(faults).toEqual([
    { line: 2, reason: 'The row has 1 cells, the header 2. Is a quote or separator missing?' },
    { line: 4, reason: 'The row has 3 cells, the header 2. Is a quote or separator missing?' },
  ])
})

test('a quote that never closes is a fault where it opens', async () => {
  const { rows, faults } = await table('id,name\n1,Ann\n2,"Bob\n3,Cyd\n')
  expect(rows.map((row) => row.cells.id)).toEqual(['1'])
  expect(faults).toEqual([{ line: 3, reason: expect.stringContaining('uote') }])
})

test.each([
  ['ColumnRepeated', 'id,name,id\n'],
  ['ColumnMissing', 'id,nom\n1,Ann\n'],
  ['NoHeader', ''],
  ['NotText', 'id,name\n1,A\0nn\n'],
])('%s', async (code, text) => {
  expect(await readCsv({ text }, columns)).toMatchObject({ refused: true, code })
})

test('a file that is not there is a refusal', async () => {
  expect(await readCsv({ file: '/no/such/file.csv' }, columns)).toMatchObject({ code: 'PathUnreadable' })
})

test('hardening 41: cells a spreadsheet would run are neutralised', () => {
  expect(writeCsv([['=1+1', '+1', '-1', '@x', '\tx', '\rx', "'=x", 'a=b', "O'Hara", -1, 2n, null]])).toBe(
    `'=1+1,'+1,'-1,'@x,"'\tx","'\rx",''=x,a=b,O'Hara,-1,2,\r\n`,
  )
})

test('hardening 41: what was written is read back, cell by cell', async () => {
  const cell = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', ';', 'a', 'é', ' ') })
  fc.assert(fc.property(cell, (text) => !/^"?[=+\-@\t\r]/.test(writeCsv([[text]]).slice(0, -2))))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }), async (rows) => {
      const { rows: read, faults } = await table(writeCsv([['id', 'name'], ...rows.map(([id, name]) => [`x${id}`, name])]))
      expect(faults).toEqual([])
      expect(read.map((row) => row.cells.name)).toEqual(rows.map(([, name]) => name.trim()))
    }),
    { numRuns: 200 },
  )
})

test('readCell takes off one quote, and only before a formula', () => {
  expect(["'=1", "''=1", "'tis", '=1', "'"].map(readCell)).toEqual(['=1', "'=1", "'tis", '=1', "'"])
})
