/** Deeper than any measure: long chains of `or` in published ones reach a few hundred. What walks trees by recursion relies on it. */
const deepest = 1000

/** Whether a parsed value is nested deeper than trees can safely be walked. Does not recurse itself. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    const next: unknown[] = []
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue
      for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) next.push(child)
    }
    level = next
  }
  return false
}
