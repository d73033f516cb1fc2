import { isObject } from '../elm/elm-node.ts'
import type { TranslationProblem } from './translation.ts'

/** The CqlToElmError annotation (`a:CqlToElmError` in ELM) that the translator leaves in a library. */
interface CqlToElmError {
  readonly type: 'CqlToElmError'
  readonly libraryId?: string
  readonly targetIncludeLibraryId?: string
  readonly startLine?: number
  readonly startChar?: number
  readonly message?: string
  readonly errorType?: string
  readonly errorSeverity?: string
}

/** The errors among a library's annotations in our words; warnings and hints are left out. */
export function problemsIn(annotations: readonly unknown[], library: string): TranslationProblem[] {
  const errors = annotations.flatMap(errorOf).filter((found) => found.errorSeverity === 'error')
  // An internal error beside others is only their echo, and so is a reference to a definition that has one.
  const telling = errors.filter((found) => found.errorType !== 'internal' && !/definition contains errors/.test(found.message ?? ''))
  return (telling.length > 0 ? telling : errors).map((found) => ({
    library: found.libraryId ?? library,
    line: found.startLine ?? 0,
    // Columns of syntax errors count from 0, of all others from 1.
    column: (found.startChar ?? 0) + (found.errorType === 'syntax' ? 1 : 0),
    message: reword(found),
  }))
}

/** Packages of others bring annotations too: what is not of its type is left out. */
function errorOf(annotation: unknown): CqlToElmError[] {
  if (!isObject(annotation) || annotation.type !== 'CqlToElmError') return []
  const known = Object.entries(annotation).filter(
    ([part, value]) => typeof value === (part === 'startLine' || part === 'startChar' ? 'number' : 'string'),
  )
  return [Object.fromEntries(known) as unknown as CqlToElmError]
}

const rules: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/Could not resolve identifier "?([^"\s]+?)"? in the current library/, (name) => `Nothing named ${name} is defined here.`],
  [/Could not resolve (?:type name|model name) "?([^"\s]+?)"?[.,]/, (name) => `There is no type named ${name}.`],
  [/Member (\w+) not found for type (\S+?)\.?$/, (member, type) => `${type} has no element ${member}.`],
  [/Could not resolve call to operator (\w+) with signature (.+?)\.$/, (name, types) => `${name} cannot be applied to ${types}.`],
  [/Could not load source for library (\S+?)[,.]/, (name) => `The included library ${name} was not supplied.`],
  [
    /Expected an expression of type '(.+?)', but found an expression of type '(.+?)'/,
    (wanted, got) => `This must be ${wanted}, but it is ${got}.`,
  ],
  [/Definition (.+?) not found/, (name) => `${name} could not be translated.`],
]

function reword({ message = 'The translator gave no reason.', errorType, targetIncludeLibraryId }: CqlToElmError): string {
  if (errorType === 'syntax') return `This is not valid CQL: ${message}.`
  for (const [pattern, words] of rules) {
    const found = pattern.exec(message)
    if (found) return words(...found.slice(1))
  }
  if (errorType === 'include') return `The included library ${targetIncludeLibraryId ?? ''} could not be used: ${message}`
  return `This cannot be translated: ${message}`
}
