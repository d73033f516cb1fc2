import type { ElmLibrary } from '../front-end/translation.ts'
import { elmWords } from './elm-words.fixture.ts'
import type { Comparison } from './both-engines.fixture.ts'
import { libraryOf, ourOutcomes, referenceOutcomes, type Outcomes, type OurOutcomes } from './fhir-engines.fixture.ts'
import { isKind, isList, type Plain } from './plain/plain-value.fixture.ts'
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
  const ours = ourOutcomes(whole, helpers, chart, names).texts
  const wrong = definitions.filter(({ name }) => ours.get(name) !== theirs.get(name))
  if (wrong.length === 0) return []
  const probes = wrong.flatMap(({ expression }) => probesOf(expression))
  const placed = probes.flatMap(({ expression, control }, index) => [
    { name: `P${index}`, expression },
    { name: `C${index}`, expression: control },
  ])
  const evaluate = async (placed: readonly Placed[]): Promise<[OurOutcomes, Outcomes]> => {
    const probing = libraryOf([...definitions, ...placed])
    const all = [...names, ...placed.map(({ name }) => name)]
    return [ourOutcomes(probing, helpers, chart, all), await referenceOutcomes(probing, helpers, chart, all)]
  }
  const found: FhirComparison[] = []
  for (const difference of compared(probes, ...(await evaluate(placed)))) {
    const { ours, theirs, probe } = difference
    const oneFails = (ours === null) !== (theirs === null)
    found.push(...firstRow(oneFails ? ((await inOneRow(probe, probes, chart.length, evaluate)) ?? difference) : difference).map(worded))
  }
  // A difference that no part shows is one of how parts come together.
  return found.length > 0
    ? found
    : wrong.map(({ name, expression }) => ({
        elm: expression,
        operands: [],
        values: [],
        ours: ours.get(name)!,
        theirs: theirs.get(name)!,
        words: elmWords(expression),
      }))
}

type Placed = Omit<RandomDefinition, 'type'>
type Evaluate = (placed: readonly Placed[]) => Promise<[OurOutcomes, Outcomes]>
const worded = ({ elm, operands, values, ours, theirs }: Comparison): FhirComparison => ({
  ...{ elm, operands, values, ours, theirs },
  words: elmWords(elm),
})

/** What fails for one engine fails with one of the rows: the first where the engines differ, alone. Null where only rows together do. */
async function inOneRow(probe: Probe, probes: readonly Probe[], most: number, evaluate: Evaluate): Promise<Comparison | null> {
  let places: readonly number[] = []
  while (places.length < probe.depth) {
    const tried = Array.from({ length: most }, (_, place) => [...places, place])
    const [ours, theirs] = await evaluate(
      tried.flatMap((at, index) => {
        const { expression, control } = probe.alone(at)
        return [
          { name: `P${index}`, expression },
          { name: `C${index}`, expression: control },
        ]
      }),
    )
    const differs = (name: string): boolean => ours.texts.get(name) !== theirs.get(name)
    const found = tried.find((_, index) => differs(`P${index}`) && !differs(`C${index}`))
    if (!found) return null
    places = found
  }
  const inner = probe.inside.map((part) => probes.find((one) => one.part === part && one.depth === probe.depth))
  const [ours, theirs] = await evaluate(
    [probe, ...inner].flatMap((one, index) => (one ? [{ name: `P${index}`, expression: one.alone(places).expression }] : [])),
  )
  const [first, second] = [ours.texts.get('P0')!, theirs.get('P0')!]
  const value = (text: string | null | undefined): string | null => rows(text ?? null)?.[0] ?? text ?? null
  const plain = (of: Plain | undefined): Plain | undefined => {
    const found = plainRows(of)
    return found ? found[0] : of
  }
  return {
    elm: probe.part,
    operands: inner.map((_, index) => value(ours.texts.get(`P${index + 1}`))),
    values: inner.map((_, index) => plain(ours.values.get(`P${index + 1}`))),
    ours: value(first),
    theirs: value(second),
  }
}

function compared(
  probes: readonly Probe[],
  { texts: ours, values }: OurOutcomes,
  theirs: Outcomes,
): (Comparison & { readonly probe: Probe })[] {
  const at = new Map(probes.map(({ part }, index) => [part, `P${index}`]))
  const nameOf = (part: Probe['part']): string => at.get(part) ?? String(part.name)
  const agrees = (part: Probe['part']): boolean => ours.get(nameOf(part)) === theirs.get(nameOf(part))
  return probes.flatMap(({ part, inside }, index) => {
    const [here, there] = [ours.get(`P${index}`) ?? null, theirs.get(`P${index}`) ?? null]
    if (here === there || probes[index]!.isName || !inside.every(agrees)) return []
    // What fails because of what is around it is told there, and so is what has other rows around it.
    if (ours.get(`C${index}`) !== theirs.get(`C${index}`) || ours.get(`C${index}`) === null) return []
    const operands = inside.map((inner) => (at.has(inner) ? (ours.get(at.get(inner)!) ?? null) : null))
    const plain = inside.map((inner) => (at.has(inner) ? values.get(at.get(inner)!) : undefined))
    return [{ elm: part, operands, values: plain, ours: here, theirs: there, probe: probes[index]! }]
  })
}

/** Of values for each row those of the rows that differ, where all of them have as many rows. */
function firstRow(comparison: Comparison): Comparison[] {
  const [ours, theirs] = [rows(comparison.ours), rows(comparison.theirs)]
  const operands = comparison.operands.map((operand) => rows(operand))
  const values = comparison.values.map(plainRows)
  if (!ours || !theirs || ours.length !== theirs.length) return [comparison]
  return ours.flatMap((here, index) =>
    here === theirs[index]
      ? []
      : [
          {
            elm: comparison.elm,
            operands: operands.map((of, at) => (of?.length === ours.length ? of[index]! : comparison.operands[at]!)),
            values: values.map((of, at) => (of?.length === ours.length ? of[index] : comparison.values[at])),
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

/** The same of values. */
function plainRows(value: Plain | undefined): Plain[] | null {
  if (value === undefined || !isList(value) || value.length === 0) return null
  const inner = value.map((row) => (isKind(row, 'tuple') && row.of.size === 1 ? row.of.get('v') : undefined))
  return inner.includes(undefined) ? null : (inner as Plain[]).flatMap((row) => plainRows(row) ?? [row])
}
