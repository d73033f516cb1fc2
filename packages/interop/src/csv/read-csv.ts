import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { type Refusal, refused } from '@carecommons/kernel'
import { parse } from 'csv-parse/sync'
import { readCell } from './write-csv.ts'

export interface CsvTable<Column extends string = string> {
  readonly rows: readonly CsvRow<Column>[]
  /** Rows left out, each with its line. */
  readonly faults: readonly CsvFault[]
}

export interface CsvRow<Column extends string = string> {
  /** 1-based line the row begins on. */
  readonly line: number
  /** Trimmed text; an empty cell and an absent optional column are ''. */
  readonly cells: Readonly<Record<Column, string>>
}

export interface CsvFault {
  readonly line: number
  readonly reason: string
}

export interface CsvColumns<Column extends string> {
  readonly required: readonly Column[]
  readonly optional?: readonly Column[]
}

const DELIMITERS = [',', ';', '\t']

/**
 * A CSV with a header, in UTF-8 with or without BOM, separated by comma, semicolon or tab; columns in any order, names in
 * any case. Cells are text and stay text: nothing is taken for a number or a date. What `writeCsv` neutralised is restored.
 * Refuses the whole table when it cannot be read by column: encoding, missing or repeated column.
 */
export async function readCsv<Column extends string>(
  source: { readonly file: string } | { readonly text: string },
  columns: CsvColumns<Column>,
): Promise<CsvTable<Column> | Refusal> {
  const bytes = 'text' in source ? Buffer.from(source.text) : await readFile(source.file).catch((error: NodeJS.ErrnoException) => error)
  if (!Buffer.isBuffer(bytes)) return refused('PathUnreadable', `Cannot read the CSV: ${bytes.code ?? bytes.message}.`)
  if (!isUtf8(bytes)) return refused('NotUtf8', 'The file is not UTF-8 text. In a spreadsheet, save it as "CSV UTF-8".')
  if (bytes.includes(0))
    return refused('NotText', 'The file holds NUL bytes: it is not CSV text. In a spreadsheet, save it as "CSV UTF-8".')
  return readTable(bytes.toString().replace(/^\uFEFF/, ''), columns)
}

function readTable<Column extends string>(text: string, columns: CsvColumns<Column>): CsvTable<Column> | Refusal {
  const delimiter = DELIMITERS.map((sign) => ({ sign, found: countKnown(text, sign, columns) })).sort((a, b) => b.found - a.found)[0]!.sign
  const { records, faults } = split(text, delimiter)
  const header = records.shift()
  if (!header) return refused('NoHeader', 'The file is empty: its first line must name the columns.')
  const names = header.cells.map(normalize)
  const problem = headerProblem(names, columns)
  if (problem) return problem
  const wanted = [...columns.required, ...(columns.optional ?? [])].map((name) => ({ name, at: names.indexOf(normalize(name)) }))
  const rows: CsvRow<Column>[] = []
  for (const { line, cells } of records) {
    if (cells.length === names.length) rows.push({ line, cells: pick(cells, wanted) })
    else faults.push({ line, reason: `The row has ${cells.length} cells, the header ${names.length}. Is a quote or separator missing?` })
  }
  return { rows, faults: faults.sort((a, b) => a.line - b.line) }
}

function pick<Column extends string>(cells: readonly string[], wanted: readonly { name: Column; at: number }[]): Record<Column, string> {
  const picked = Object.create(null) as Record<Column, string>
  for (const { name, at } of wanted) picked[name] = at < 0 ? '' : readCell(cells[at]!).trim()
  return picked
}

const normalize = (name: string): string => name.trim().toLowerCase()

function headerProblem(names: readonly string[], columns: CsvColumns<string>): Refusal | null {
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (repeated) return refused('ColumnRepeated', `The header names the column ${repeated} twice.`)
  const missing = columns.required.filter((name) => !names.includes(normalize(name)))
  return missing.length === 0 ? null : refused('ColumnMissing', `The header lacks ${missing.join(', ')}. It has: ${names.join(', ')}.`)
}

/** How many of the wanted columns the first line shows when split by this sign. */
function countKnown(text: string, sign: string, columns: CsvColumns<string>): number {
  const end = text.search(/[\r\n]/)
  const names = (end < 0 ? text : text.slice(0, end)).split(sign).map((name) => normalize(name.replaceAll('"', '')))
  return [...columns.required, ...(columns.optional ?? [])].filter((name) => names.includes(normalize(name))).length
}

interface Split {
  readonly records: { line: number; cells: string[] }[]
  readonly faults: CsvFault[]
}

function split(text: string, delimiter: string): Split {
  const faults: CsvFault[] = []
  const parsed: unknown = parse(text, {
    delimiter,
    info: true,
    raw: true,
    skip_empty_lines: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error, raw) => {
      faults.push({ line: firstLine(Number(error?.['lines']), raw ?? ''), reason: error?.message ?? 'The row cannot be read.' })
    },
  })
  const records = (parsed as { record: string[]; raw: string; info: { lines: number } }[]).map(({ record, raw, info }) => ({
    line: firstLine(info.lines, raw),
    cells: record,
  }))
  return { records, faults }
}

/** The line a record begins on, from the one it ends on. */
const firstLine = (last: number, raw: string): number => last - (raw.trim().match(/\r\n|\r|\n/g)?.length ?? 0)
