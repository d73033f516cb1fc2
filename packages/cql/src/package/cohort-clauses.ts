import type { ElmLibrary } from '../front-end/translation.ts'
import type { MeasurePackage } from './measure-package.ts'
import { packageContent } from './package-content.ts'

/** What a cohort's own library says of coming in and going out: the definitions that its "Entry" and its "Exit" name themselves. */
export interface CohortClauses {
  readonly entry: readonly string[]
  /** Empty where the library has no "Exit". */
  readonly exit: readonly string[]
}

export function cohortClauses({ bundle }: MeasurePackage): CohortClauses {
  const { measures, librariesNamed } = packageContent(bundle)
  const elm = librariesNamed(measures[0]?.library[0] ?? '')[0]?.elm
  return { entry: namedBy(elm, 'Entry'), exit: namedBy(elm, 'Exit') }
}

function namedBy(elm: ElmLibrary | null | undefined, definition: string): string[] {
  const statements = (elm as { statements?: { def?: readonly { name?: string; expression?: unknown }[] } } | null | undefined)?.statements
  return [...new Set(references(statements?.def?.find(({ name }) => name === definition)?.expression))]
}

/** Of the own library: a reference into another one says which. */
function references(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(references)
  if (typeof node !== 'object' || node === null) return []
  const { type, name, libraryName } = node as Readonly<Record<string, unknown>>
  if (type === 'ExpressionRef' && typeof name === 'string' && libraryName === undefined) return [name]
  return Object.values(node).flatMap(references)
}
