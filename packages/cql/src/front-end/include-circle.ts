import { libraryHeader } from './translation.ts'

/**
 * A circle among the libraries that CQL texts include, as their headers say it: the names in order, the first of them again at the end;
 * null where there is none. The translator follows a circle until its memory is full and cannot say so.
 */
export function includeCircle(texts: readonly string[]): readonly string[] | null {
  const includes = new Map(texts.map((text) => [libraryHeader(text).name, includesOf(text)]))
  const inCircle = withoutEnds(includes)
  const [first] = inCircle.keys()
  if (first === undefined) return null
  const path = new Set<string>()
  let name = first
  while (!path.has(name)) {
    path.add(name)
    // What is left includes something that is left.
    name = inCircle.get(name)!.find((next) => inCircle.has(next))!
  }
  const circle = [...path].slice([...path].indexOf(name))
  return [...circle, name]
}

/** What refuses a circle, wherever it is found. */
export function circleInWords(names: readonly string[]): string {
  const told = names.length > 12 ? [...names.slice(0, 10), '…', ...names.slice(-1)] : names
  return `Libraries include each other in a circle: ${told.join(' includes ')}. Put what they need of each other into a library of its own that both include.`
}

/** Comments and texts are matched so that no include is found inside them. */
const pattern =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'|(?<![\w.])include\s+((?:\w+\s*\.\s*)*)(?:"([^"]+)"|`([^`]+)`|(\w+))|"(?:\\.|[^"\\])*"/g

/** Names of the libraries that a text includes, without namespaces. */
const includesOf = (text: string): string[] =>
  [...text.matchAll(pattern)].flatMap(([, , quoted, ticked, plain]) => quoted ?? ticked ?? plain ?? [])

/** What is left when libraries that include nothing of the rest are taken away, again and again. */
function withoutEnds(includes: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const left = new Map([...includes].map(([name, targets]) => [name, targets.filter((target) => includes.has(target))]))
  const open = new Map([...left].map(([name, targets]) => [name, targets.length]))
  const includers = new Map<string, string[]>()
  for (const name of left.keys()) includers.set(name, [])
  for (const [name, targets] of left) for (const target of targets) includers.get(target)!.push(name)
  const ends = [...open].flatMap(([name, count]) => (count === 0 ? [name] : []))
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    left.delete(end)
    for (const includer of includers.get(end)!) {
      const count = open.get(includer)! - 1
      open.set(includer, count)
      if (count === 0) ends.push(includer)
    }
  }
  return left
}
