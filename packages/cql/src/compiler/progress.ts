import { type ElmPlace, placeInWords } from '../elm/compile-error.ts'

/**
 * Where an engine is: shared memory, because a thread that loops without end or ran out of memory cannot say it any more. `definition`
 * is the compiled definition that is being computed, -1 for none; `measure` is the position among those evaluated together, -1 while they
 * are loaded; `chart` is the position among the charts. Behind the numbers stands, while a measure is compiled, what of it is.
 */
export type Progress = Int32Array

export const progressAt = { definition: 0, measure: 1, chart: 2 } as const
/** How many bytes of the text there are, -1 for none. */
const length = 3
const textStart = 16
const mostText = 1000

export const newProgress = (): Progress => new Int32Array(new SharedArrayBuffer(textStart + mostText)).fill(-1)

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Shows what is being compiled. */
export function showCompiling(progress: Progress, place: ElmPlace): void {
  progress[length] = encoder.encodeInto(placeInWords(place), new Uint8Array(progress.buffer, textStart)).written
}

/** What was being compiled last; null when nothing was. */
export function compilingAt(progress: Progress): string | null {
  const bytes = progress[length]!
  // Texts are not read from shared memory: a copy is.
  return bytes < 0 ? null : decoder.decode(new Uint8Array(progress.buffer, textStart, bytes).slice())
}
