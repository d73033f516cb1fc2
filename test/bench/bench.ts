import type { Figure } from './figure.ts'

/** One line of the table a bench prints. */
export interface Row {
  readonly name: string
  readonly ours: Figure
  readonly unit: string
  /** The peer's figure beside it, or the bound to keep, with its name. */
  readonly beside?: { readonly name: string; readonly figure: Figure }
}

export interface BenchResult {
  readonly rows: readonly Row[]
  /** What the bench is judged by. */
  readonly verdict: { readonly peer: string; readonly ours: number; readonly theirs: number; readonly unit: string }
  /** What a reader of the table has to know. */
  readonly notes: readonly string[]
}

/** Measures something from where a user starts to where a user is served. `say` tells what is going on. */
export type Bench = (say: (line: string) => void) => Promise<BenchResult>
