/** Signs that make a spreadsheet take a cell for a formula, also behind quotes that an earlier export put there. */
const FORMULA = /^'*[=+\-@\t\r]/

/**
 * RFC 4180 text with CRLF line ends. A text cell that a spreadsheet would run as a formula gets a single quote in front,
 * which `readCell` takes off again; numbers are numbers and stay bare.
 */
export function writeCsv(rows: Iterable<readonly (string | number | bigint | null)[]>): string {
  let text = ''
  for (const row of rows) text += `${row.map(writeCell).join(',')}\r\n`
  return text
}

function writeCell(value: string | number | bigint | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Undoes the quote of `writeCsv`. */
export const readCell = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell)
