import { libraryHeader, type TranslationProblem } from './translation.ts'

/** Published measures nest some twenty deep. The translator's time grows with the square of it: at a thousand levels it takes minutes. */
const DEEPEST = 200

/** Comments, texts and quoted names are matched so that nothing is counted inside them; what never ends is the translator's to tell. */
const pattern =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|'(?:\\[\s\S]?|[^'\\])*(?:'|$)|"(?:\\[\s\S]?|[^"\\])*(?:"|$)|`(?:\\[\s\S]?|[^`\\])*(?:`|$)|[()[\]{},]|(?<![\w.])(?:if|case|end|define)(?!\w)/g

/** Where a CQL text is nested deeper than can be translated in time; null where it is not. */
export function tooDeep(text: string): TranslationProblem | null {
  // What is open: brackets and cases until they close, an `if` until what it stands in goes on or closes.
  const open: string[] = []
  for (const { 0: token, index } of text.matchAll(pattern)) {
    if (token === 'define') open.length = 0
    else if (/^(?:[([{]|if|case)$/.test(token)) {
      if (open.push(token) > DEEPEST) return problemAt(text, index)
    } else if (/^(?:[)\]},]|end)$/.test(token)) {
      while (open.at(-1) === 'if') open.pop()
      if (token !== ',') open.pop()
    }
  }
  return null
}

function problemAt(text: string, index: number): TranslationProblem {
  const before = text.slice(0, index)
  return {
    library: libraryHeader(text).name,
    line: before.split('\n').length,
    column: index - before.lastIndexOf('\n'),
    message: `This is nested more than ${DEEPEST} levels deep. Split it into definitions.`,
  }
}
