import type { ElmLibrary } from '../front-end/translation.ts'
import { elmWords } from './elm-words.fixture.ts'
import type { Comparison } from './both-engines.fixture.ts'
import { libraryOf, ourOutcomes, referenceOutcomes, type Outcomes } from './fhir-engines.fixture.ts'
import { probesOf, type Probe } from './probes.fixture.ts'
import type { RandomDefinition } from './random-fhir-elm.fixture.ts'

/** One operator of a random library that the engines answer differently although they agree on what it works on. */
export interface FhirComparison extends Comparison {
  readonly words: string
}

/** Where the engines differ in a random library over a chart; nothing where all definitions agree. */
export async function fhirDifferences(
  definitions: readonly RandomDefinition[],
  chart: readonly Record<string, unknown>[],
  helpers: ElmLibrary,
): Promise<FhirComparison[]> {
  const names = definitions.map(({ name }) => name)
  const whole = libraryOf(definitions)
  const theirs = await referenceOutcomes(whole, helpers, chart, names)
  const ours = ourOutcomes(whole, helpers, chart, names)
  const wrong = definitions.filter(({ name }) => ours.get(name) !== theirs.get(name))
  if (wrong.length === 0) return []
  const probes = wrong.flatMap(({ expression }) => probesOf(expression))
  const parts = probes.flatMap((_, index) => [`P${index}`, `C${index}`, `K${index}`])
  const placed = probes.flatMap(({ expression, control, known }, index) => [
    { name: `P${index}`, expression },
    { name: `C${index}`, expression: control },
    { name: `K${index}`, expression: known },
  ])
  const probing = libraryOf([...definitions, ...placed])
  const all = [...names, ...parts]
  const found = compared(probes, ourOutcomes(probing, helpers, chart, all), await referenceOutcomes(probing, helpers, chart, all))
  // A difference that no part shows is one of how parts come together.
  return found.length > 0
    ? found
    : wrong.map(({ name, expression }) => ({
        elm: expression,
        operands: [],
        ours: ours.get(name)!,
        theirs: theirs.get(name)!,
        words: elmWords(expression),
      }))
}

function compared(probes: readonly Probe[], ours: Outcomes, theirs: Outcomes): FhirComparison[] {
  const at = new Map(probes.map(({ part }, index) => [part, `P${index}`]))
  const nameOf = (part: Probe['part']): string => at.get(part) ?? String(part.name)
  const agrees = (part: Probe['part']): boolean => ours.get(nameOf(part)) === theirs.get(nameOf(part))
  return probes.flatMap(({ part, inside }, index) => {
    const [here, there] = [ours.get(`P${index}`) ?? null, theirs.get(`P${index}`) ?? null]
    if (here === there || !inside.every(agrees)) return []
    // What fails because of what is around it is told there, and so is what has other rows around it.
    if (ours.get(`C${index}`) !== theirs.get(`C${index}`) || ours.get(`C${index}`) === null) return []
    const operands = inside.map((inner) => (at.has(inner) ? (ours.get(at.get(inner)!) ?? null) : null))
    const known = theirs.get(`K${index}`) ?? null
    const whereKnown = known !== null && known === ours.get(`K${index}`) ? 'agree' : 'differ'
    return firstRow({ elm: part, operands, ours: here, theirs: there }, whereKnown).map((one) => ({ ...one, words: elmWords(part) }))
  })
}

/** Of values for each row those of the rows that differ, where all of them have as many rows; `whereKnown` is of those in which no operand is null. */
function firstRow(comparison: Comparison, whereKnown: 'agree' | 'differ'): Comparison[] {
  const [ours, theirs] = [rows(comparison.ours), rows(comparison.theirs)]
  const operands = comparison.operands.map((operand) => rows(operand))
  if (ours && comparison.theirs === null) {
    // It fails with one of the rows, and is not told with which: with one where everything is known, unless those agree.
    const isKnown = (row: number): boolean => operands.every((of) => of?.[row] !== 'null')
    const found = ours.findIndex((_, row) => isKnown(row) === (whereKnown === 'differ'))
    const row = Math.max(found, 0)
    return [{ ...comparison, operands: operands.map((of, at) => of?.[row] ?? comparison.operands[at]!), ours: ours[row]! }]
  }
  if (!ours || !theirs || ours.length !== theirs.length) return [comparison]
  return ours.flatMap((here, index) =>
    here === theirs[index]
      ? []
      : [
          {
            elm: comparison.elm,
            operands: operands.map((of, at) => (of?.length === ours.length ? of[index]! : comparison.operands[at]!)),
            ours: here,
            theirs: theirs[index]!,
          },
        ],
  )
}

/** What is in the innermost rows `Tuple{v: ...}`; null when there are none. */
function rows(text: string | null): string[] | null {
  if (!text?.startsWith('{Tuple{v: ')) return null
  const found: string[] = []
  let depth = 0
  let start = 0
  let quoted = false
  for (let at = 1; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '"' && text[at - 1] !== '\\') quoted = !quoted
    if (quoted) continue
    if (sign === '{') {
      if (depth === 0) start = at + '{v: '.length
      depth++
    } else if (sign === '}') {
      depth--
      if (depth === 0) found.push(text.slice(start, at))
    }
  }
  return found.flatMap((row) => rows(row) ?? [row])
}
