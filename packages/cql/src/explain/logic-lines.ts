import type { ElmLibrary } from '../front-end/translation.ts'
import { sketch, type Sketch } from './sketch.ts'

/** A line of logic as people read it; a deeper line is part of the one above it. */
export interface LogicLine {
  readonly depth: number
  readonly words: string
}

/** More lines than anybody reads; definitions told once are not told again, so official measures stay well below. */
const mostLines = 2_000

/** The logic behind criteria of the first library, told once: a definition that comes again says so. */
export function logicLines(libraries: readonly ElmLibrary[], criteria: readonly string[]): ReadonlyMap<string, readonly LogicLine[]> {
  const { sketches } = sketch(libraries, criteria)
  return new Map([...sketches].map(([name, drawing]) => [name, linesOf(drawing, 0).slice(0, mostLines)]))
}

function linesOf({ words, parts, items }: Sketch, depth: number): LogicLine[] {
  const conditions = (items?.conditions ?? []).map((condition) => ({ depth: depth + 1, words: condition }))
  return [{ depth, words }, ...parts.flatMap((part) => linesOf(part, depth + 1)), ...conditions]
}
