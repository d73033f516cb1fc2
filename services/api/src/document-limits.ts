import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql'

/** The largest page of our own web takes about 400 tokens, depth 6 and no alias. */
export const documentLimits = { tokens: 2000, depth: 12, aliases: 30, fields: 1000 } as const

const KEPT_VERDICTS = 500

/**
 * Judges documents before anything else looks at them: validation and cost analysis walk every spread of a fragment anew and would
 * themselves be the attack. Verdicts are kept, so that a document is parsed here once.
 */
export function openDocumentLimits(introspection: boolean): (query: string) => string | null {
  const verdicts = new Map<string, string | null>()
  return (query) => {
    const known = verdicts.get(query)
    if (known !== undefined) return known
    const verdict = judge(query, introspection)
    if (verdicts.size >= KEPT_VERDICTS) verdicts.delete(verdicts.keys().next().value!)
    verdicts.set(query, verdict)
    return verdict
  }
}

function judge(query: string, introspection: boolean): string | null {
  const document = parsed(query)
  if (!document) return null
  const { depth, aliases, fields } = sizeOf(document, introspection)
  if (depth > documentLimits.depth) return `The document is nested deeper than ${documentLimits.depth} levels.`
  if (aliases > documentLimits.aliases) return `The document has more than ${documentLimits.aliases} aliases.`
  if (fields > documentLimits.fields) return `The document asks for more than ${documentLimits.fields} fields.`
  return null
}

/** A document that does not parse, or has too many tokens, is told so by the server proper. */
function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { maxTokens: documentLimits.tokens, noLocation: true })
  } catch (error) {
    if (error instanceof GraphQLError) return null
    throw error
  }
}

interface Size {
  readonly depth: number
  readonly aliases: number
  readonly fields: number
}

const NOTHING: Size = { depth: 0, aliases: 0, fields: 0 }

/** The size with every fragment spread in place, whatever the fragments are called. Each fragment is measured once. */
function sizeOf(document: DocumentNode, introspection: boolean): Size {
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node: FragmentDefinitionNode) => [node.name.value, node]),
  )
  const measured = new Map<string, Size>()

  const ofFragment = (name: string): Size => {
    const known = measured.get(name)
    if (known) return known
    // Stands in while the fragment is measured: one that contains itself is refused by validation.
    measured.set(name, NOTHING)
    const fragment = fragments.get(name)
    const size = fragment ? ofSelections(fragment.selectionSet) : NOTHING
    measured.set(name, size)
    return size
  }
  const ofSelections = (set: SelectionSetNode | undefined): Size => {
    let { depth, aliases, fields } = NOTHING
    for (const node of set?.selections ?? []) {
      let inner: Size
      if (node.kind === Kind.FRAGMENT_SPREAD) inner = ofFragment(node.name.value)
      else if (node.kind === Kind.INLINE_FRAGMENT) inner = ofSelections(node.selectionSet)
      // Tools ask for the schema in one deep query; where it may not be asked for at all, it has no exception.
      else if (introspection && (node.name.value === '__schema' || node.name.value === '__type')) continue
      else {
        const below = ofSelections(node.selectionSet)
        inner = { depth: below.depth + 1, aliases: below.aliases + (node.alias ? 1 : 0), fields: below.fields + 1 }
      }
      depth = Math.max(depth, inner.depth)
      aliases += inner.aliases
      fields += inner.fields
    }
    return { depth, aliases, fields }
  }

  let whole = NOTHING
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue
    const size = ofSelections(node.selectionSet)
    whole = { depth: Math.max(whole.depth, size.depth), aliases: whole.aliases + size.aliases, fields: whole.fields + size.fields }
  }
  return whole
}
