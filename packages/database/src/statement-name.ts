const MOST_SEEN = 1000
const MOST_NAMED = 200
/** A text met this often is worth a plan of its own on each connection. */
const OFTEN = 3

const seen = new Map<string, number>()
const names = new Map<string, { readonly name: string }>()

/**
 * The name under which a statement is prepared: parsing and planning a page's joins under row-level security costs PostgreSQL more than
 * running them. Plans take memory on each connection, so only texts that return get one, and no more than so many.
 */
export function statementName(text: string): { readonly name?: string } {
  const named = names.get(text)
  if (named || names.size >= MOST_NAMED) return named ?? {}
  const times = (seen.get(text) ?? 0) + 1
  if (times < OFTEN) {
    if (seen.size >= MOST_SEEN) seen.delete(seen.keys().next().value!)
    seen.set(text, times)
    return {}
  }
  seen.delete(text)
  names.set(text, { name: `commons_${names.size}` })
  return names.get(text)!
}
