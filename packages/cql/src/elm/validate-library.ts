import { wrongAttribute } from './attribute-values.ts'
import { CompileError } from './compile-error.ts'
import { isObject } from './elm-node.ts'
import { elmVocabulary } from './vocabulary.ts'

/** What a library may hold; the largest published one has 60,000 nodes, 90 deep. */
const elmLimits = { nodes: 1_000_000, depth: 400, textLength: 1_000_000 } as const

interface Visit {
  readonly value: unknown
  readonly depth: number
  readonly definition: string | null
  readonly node: string | null
}

/** Parts that no compiler reads: whatever they hold is harmless. */
const unread = new Set(['annotation', 'locator', 'localId', 'schemaIdentifier'])

/**
 * Walks the ELM of a library that somebody else made, without recursion: every node type is one of the schema's and
 * nothing is deeper or larger than limits allow. Returns how many nodes there are; throws CompileError.
 */
export function validateLibrary(library: unknown, name: string): number {
  const refuse = (visit: Visit, reason: string): never => {
    throw new CompileError({ library: name, definition: visit.definition, node: visit.node }, reason)
  }
  const stack: Visit[] = [{ value: library, depth: 0, definition: null, node: null }]
  if (!isObject(library)) refuse(stack[0]!, 'This is not an ELM library.')
  let nodes = 0
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { value, depth } = visit
    const definition = visit.definition ?? definitionName(value)
    if (typeof value === 'string' && value.length > elmLimits.textLength) refuse(visit, 'A text is longer than a million characters.')
    if (typeof value !== 'object' || value === null) continue
    if (depth > elmLimits.depth)
      refuse(visit, `Expressions are nested deeper than ${elmLimits.depth} levels. Move inner parts into definitions of their own.`)
    if (++nodes > elmLimits.nodes) refuse(visit, `The library holds more than ${elmLimits.nodes} nodes.`)
    if (Array.isArray(value)) {
      for (const item of value) stack.push({ ...visit, value: item, depth })
      continue
    }
    const node = typeOf(value as Record<string, unknown>)
    if (node !== null && !elmVocabulary.has(node))
      refuse({ ...visit, definition, node }, 'There is no such node in ELM (CQL 1.5). Translate the CQL again with a current translator.')
    const wrong = wrongAttribute(value as Record<string, unknown>)
    if (wrong) refuse({ ...visit, definition, node: node ?? visit.node }, wrong)
    for (const [part, child] of Object.entries(value)) {
      if (unread.has(part)) continue
      stack.push({ value: child, depth: depth + 1, definition, node: node ?? visit.node })
    }
  }
  return nodes
}

const definitionName = (value: unknown): string | null =>
  isObject(value) && typeof value.name === 'string' && 'expression' in value ? value.name : null

function typeOf(node: Readonly<Record<string, unknown>>): string | null {
  return typeof node.type === 'string' ? node.type : null
}
