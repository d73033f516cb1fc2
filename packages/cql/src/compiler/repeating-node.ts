import { isNode } from '../elm/elm-node.ts'

/** Nodes whose work or result can grow far beyond what goes in, the likeliest first. */
const repeating = [
  ...['Query', 'Aggregate', 'ForEach', 'Filter', 'Expand', 'Collapse'],
  ...['Matches', 'ReplaceMatches', 'SplitOnMatches', 'Concatenate', 'Combine', 'Flatten', 'Union', 'Descendents', 'FunctionRef'],
]

/**
 * The node of a definition to look at first when its evaluation took too long or too much memory: a stopped thread cannot tell the node,
 * only the definition. The one that can repeat most, else the outermost.
 */
export function repeatingNode(expression: unknown): string | null {
  const found = new Set<string>()
  const waiting: unknown[] = [expression]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    if (isNode(next)) found.add(next.type)
    for (const part of Object.values(next)) waiting.push(part)
  }
  return repeating.find((type) => found.has(type)) ?? (isNode(expression) ? expression.type : null)
}
