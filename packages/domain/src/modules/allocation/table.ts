import type { ModelData } from 'highs'

/** A linear function of the columns. */
export type Sum = readonly (readonly [column: number, factor: number])[]

export const valueOf = (sum: Sum, values: readonly number[]): number =>
  sum.reduce((all, [column, factor]) => all + factor * values[column]!, 0)

/** Columns of whole numbers and rows between bounds. */
export function newTable() {
  const lower: number[] = []
  const upper: number[] = []
  const rows: { readonly sum: Sum; readonly from: number; readonly to: number }[] = []
  return {
    column(from: number, to: number): number {
      lower.push(from)
      return upper.push(to) - 1
    },
    row: (sum: Sum, from: number, to: number): number => rows.push({ sum, from, to }) - 1,
    model(): ModelData {
      const starts = [0]
      for (const { sum } of rows) starts.push(starts.at(-1)! + sum.length)
      const numCols = lower.length
      const numRows = rows.length
      return {
        ...{ numCols, numRows, colLower: lower, colUpper: upper },
        colCost: new Float64Array(numCols),
        integrality: new Int32Array(numCols).fill(1),
        rowLower: rows.map(({ from }) => from),
        rowUpper: rows.map(({ to }) => to),
        matrix: {
          ...{ format: 'csr', numRows, numCols, starts },
          indices: rows.flatMap(({ sum }) => sum.map(([column]) => column)),
          values: rows.flatMap(({ sum }) => sum.map(([, factor]) => factor)),
        },
      }
    },
  }
}
