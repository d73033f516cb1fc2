import type { ElmLibrary } from './translation.ts'

/** Source text and running numbers of nodes: engines do not read them, and they are most of the bytes. */
const dropped = new Set(['annotation', 'localId'])
/** Parts of ELM nodes whose empty list means the same as their absence. */
const droppedWhenEmpty = new Set(['signature', 'include', 'codeFilter', 'dateFilter', 'otherFilter', 'let', 'relationship'])

/** ELM without what no engine reads; which translator made it, and how, stays. */
export function trimElm(library: ElmLibrary): ElmLibrary {
  const made = Array.isArray(library.annotation)
    ? library.annotation.filter((found) => isRecord(found) && found.type === 'CqlToElmInfo')
    : []
  return { annotation: made, ...(trim(library) as ElmLibrary) }
}

function trim(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(trim)
  if (!isRecord(node)) return node
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (dropped.has(key) || (droppedWhenEmpty.has(key) && Array.isArray(value) && value.length === 0)) continue
    kept[key] = trim(value)
  }
  return kept
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
