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

/** An annotation of severity error as a problem in our words; null for warnings, hints and other annotations. */
export function inOurWords(annotation: unknown, library: string): TranslationProblem | null {
  if (!isTranslatorError(annotation) || annotation.errorSeverity !== 'error') return null
  return {
    library: annotation.libraryId ?? library,
    line: annotation.startLine ?? 0,
    column: annotation.startChar ?? 0,
    message: reword(annotation),
  }
}

const isTranslatorError = (annotation: unknown): annotation is CqlToElmError =>
  typeof annotation === 'object' && annotation !== null && 'type' in annotation && annotation.type === 'CqlToElmError'

const rules: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/Could not resolve identifier "?([^"\s]+?)"? in the current library/, (name) => `Nothing named ${name} is defined here.`],
  [/Could not resolve (?:type name|model name) "?([^"\s]+?)"?[.,]/, (name) => `There is no type named ${name}.`],
  [/Member (\w+) not found for type (\S+?)\.?$/, (member, type) => `${type} has no element ${member}.`],
  [/Could not resolve call to operator (\w+) with signature (.+?)\.$/, (name, types) => `${name} cannot be applied to ${types}.`],
  [/Could not load source for library (\S+?)[,.]/, (name) => `The included library ${name} was not supplied.`],
  [/Expected an expression of type '(.+?)', but found an expression of type '(.+?)'/, (wanted, got) => `This must be ${wanted}, but it is ${got}.`],
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
