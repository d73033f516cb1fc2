import type { RetrieveIndex } from './retrieve-index.ts'

const head = '{"resourceType":"'
const key = '"code"'

/**
 * Whether a resource could be in any bucket, told from its text without parsing it. Errs on the side of yes: parsing
 * costs many times more than looking, and most of a chart is in no value set of any measure.
 */
export function mayMatter(text: string, index: RetrieveIndex): boolean {
  // Only texts that plainly are an object, and say first what they are, are judged without parsing.
  if (!text.startsWith(head) || text.charCodeAt(text.length - 1) !== 125) return true
  const end = text.indexOf('"', head.length)
  const type = text.slice(head.length, end)
  if (type === 'Patient') return true
  const filter = index.filterOf(type)
  if (!filter) return false
  const { codes, claims } = filter
  if (codes === null || claims.some((claim) => text.includes(claim))) return true
  // A letter of a key can be written as \u0063.
  if (text.includes('\\u00')) return true
  for (let at = text.indexOf(key, end); at >= 0; at = text.indexOf(key, at + key.length)) {
    const from = valueStart(text, at + key.length)
    if (from < 0) continue
    const to = text.indexOf('"', from)
    const code = text.slice(from, to)
    if (codes.has(code) || code.includes('\\')) return true
  }
  return false
}

/** Where the text after `:` begins; -1 when it is no text. */
function valueStart(text: string, after: number): number {
  let at = after
  while (text.charCodeAt(at) <= 32) at++
  if (text.charCodeAt(at) !== 58) return -1
  at++
  while (text.charCodeAt(at) <= 32) at++
  return text.charCodeAt(at) === 34 ? at + 1 : -1
}
