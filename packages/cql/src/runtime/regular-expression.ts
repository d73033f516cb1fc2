import { setFlagsFromString } from 'node:v8'
import { boundText, CqlError } from './cql-error.ts'

/** CQL 1.5, Reference, String Operators: Matches, ReplaceMatches, SplitOnMatches. Anything with null is null. */
type Text = string | null

/**
 * A pattern such as `(a+)+$` takes a time that doubles with each character. V8 goes over to its engine without backtracking when that
 * begins; patterns that look around or refer back have to be stopped by the evaluation's time limit.
 */
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')

/** Anywhere in the text, with regard to case, where `.` is every character (single line mode). */
export const matches = (text: Text, pattern: Text): boolean | null =>
  text === null || pattern === null ? null : regex(pattern, 's').test(text)

/** Groups are named `$1`; `\$` is a dollar sign. */
export function replaceMatches(text: Text, pattern: Text, substitution: Text): Text {
  if (text === null || pattern === null || substitution === null) return null
  return boundText(text.replace(regex(pattern, 'gs'), substitution.replaceAll('\\$', '$$$$')))
}

export function splitOnMatches(text: Text, pattern: Text): string[] | null {
  if (text === null) return null
  return pattern === null ? [text] : text.split(regex(pattern, 's'))
}

const compiled = new Map<string, RegExp>()
/** Patterns are written by authors, yet may be made from records. */
const MOST_KEPT = 1000

function regex(pattern: string, flags: 's' | 'gs'): RegExp {
  const key = `${flags}${pattern}`
  let found = compiled.get(key)
  if (!found) {
    if (compiled.size >= MOST_KEPT) compiled.clear()
    found = newRegex(pattern, flags)
    compiled.set(key, found)
  }
  return found
}

function newRegex(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    const why = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : ''
    throw new CqlError(`"${pattern}" is not a regular expression (${why}). Correct the pattern in the CQL.`, { cause: error })
  }
}
