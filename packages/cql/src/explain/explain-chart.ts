import type { Chart, DefinitionValue, MeasurementPeriod } from '../engine.ts'
import type { FhirLibrary, MeasurePackage } from '../package/measure-package.ts'
import { dependencies, packageContent } from '../package/package-content.ts'
import { sha256 } from '../package/canonical-json.ts'
import type { EnginePool } from '../pool/engine-pool.ts'
import { isPlainObject, type Plain } from '../scoring/plain.ts'
import { readMeasureDefinition } from '../scoring/read-measure-definition.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { sketch, type Sketch } from './sketch.ts'
import { type NameOf, valueWords } from './value-words.ts'

/** Why somebody is where she is: a tree of questions with their answers. */
export interface Explanation {
  readonly question: string
  /** `yes`, `no`, `unknown`, or the value in words. */
  readonly answer: string
  /** Null where the value is not one of the three. */
  readonly holds: boolean | null
  readonly parts: readonly Explanation[]
}

export interface GroupExplanation {
  readonly group: string
  readonly populations: readonly { readonly code: string; readonly count: number; readonly explanation: Explanation | null }[]
}

export interface ChartExplanation {
  readonly groups: readonly GroupExplanation[]
  /** Why the chart could not be evaluated. */
  readonly problem: string | null
}

/** Most items of a list whose conditions are told one by one. */
const mostItems = 10

/** Explains one chart: every population of every group, with the logic behind it and what each part of it gave. */
export async function explainChart(
  pool: EnginePool,
  pkg: MeasurePackage,
  chart: Chart,
  period: MeasurementPeriod,
  nameOf?: NameOf,
): Promise<ChartExplanation> {
  const content = packageContent(pkg.bundle)
  const measure = content.measures[0]!
  const reading = readMeasureDefinition(measure)
  if (!reading.ok) throw new Error(reading.problems.join(' '))
  const { groups } = reading.definition
  const packaged = dependencies(content, measure)
  const criteria = groups.flatMap(({ populations }) => populations.map(({ expression }) => expression))
  const { libraries, sketches, probes } = sketch(
    packaged.map(({ elm }) => elm!),
    criteria,
  )
  const result = (await pool.evaluate([pkg], [chart], period)).get(pkg.id)![0]!
  const probed = withLibraries(pkg, new Map(packaged.map(({ resource }, index) => [resource, libraries[index]!])))
  const values = await pool.valuesOf(probed, probes, chart, period)
  const told: Told = { answers: new Map(probes.map((name, index) => [name, values[index]!])), words: (value) => valueWords(value, nameOf) }
  return {
    problem: result.problem,
    groups: groups.map(({ id, populations }, index) => ({
      group: id,
      populations: populations.map(({ code, expression }, position) => {
        const drawing = sketches.get(expression)
        return { code, count: result.groups[index]!.counts[position]!, explanation: drawing ? explain(drawing, told) : null }
      }),
    })),
  }
}

function withLibraries(pkg: MeasurePackage, replaced: ReadonlyMap<FhirLibrary, ElmLibrary>): MeasurePackage {
  const entry = pkg.bundle.entry.map((one) => {
    const library = one.resource.resourceType === 'Library' ? replaced.get(one.resource) : undefined
    if (!library) return one
    const content = [{ contentType: 'application/elm+json', data: Buffer.from(JSON.stringify({ library })).toString('base64') }]
    return { ...one, resource: { ...(one.resource as FhirLibrary), content } }
  })
  return { ...pkg, hash: sha256(`${pkg.hash} with probes`), bundle: { ...pkg.bundle, entry } }
}

interface Told {
  readonly answers: ReadonlyMap<string, DefinitionValue>
  words(value: Plain | undefined): string
}

function explain({ words, probe, parts, items, isChoice, leadsTo }: Sketch, told: Told): Explanation {
  const found = told.answers.get(probe)!
  const value = found.ok ? found.value : null
  const asked = parts.map((part) => explain(part, told))
  const chosen = isChoice ? asked.findIndex(({ holds }) => holds === true) : -1
  const below = [
    ...(chosen < 0 ? asked : asked.slice(0, chosen + 1)),
    ...(items ? explainItems(items, told) : []),
    ...(leadsTo && value === true ? [explain(leadsTo, told)] : []),
  ]
  return shortened({
    question: words,
    answer: found.ok ? told.words(value) : `could not be computed: ${found.problem}`,
    holds: typeof value === 'boolean' ? value : null,
    parts: below,
  })
}

/** Without lines that say nothing new: a part that repeats the whole, and what nothing was found in. */
function shortened(whole: Explanation): Explanation {
  const [only] = whole.parts
  if (whole.parts.length === 1 && only!.question === whole.question) return only!
  const nothing = (part: Explanation): boolean => part.answer === 'none' && part.parts.every(nothing)
  if (whole.answer !== 'none' || whole.parts.length === 0 || !whole.parts.every(nothing)) return whole
  const questions = whole.parts.flatMap(({ question, parts }) => (parts.length > 0 ? parts.map((part) => part.question) : [question]))
  return { ...whole, parts: [{ question: [...new Set(questions)].join(' or '), answer: 'none', holds: null, parts: [] }] }
}

function explainItems({ probe, conditions }: NonNullable<Sketch['items']>, told: Told): Explanation[] {
  const found = told.answers.get(probe)!
  if (!found.ok || !Array.isArray(found.value)) return []
  const rows = (found.value as readonly Plain[]).filter(isPlainObject)
  const shown = rows.slice(0, mostItems).map((row): Explanation => {
    const met = conditions.map((_, index) => row[`met${index}`] ?? null)
    const item = Object.entries(row).flatMap(([name, part]) => (name.startsWith('item') ? [told.words(part)] : []))
    const holds = met.every((one) => one === true) ? true : met.includes(false) ? false : null
    const parts = conditions.map((condition, index) => ({
      question: condition,
      answer: told.words(met[index]),
      holds: met[index] === true,
      parts: [],
    }))
    return { question: item.join(' with '), answer: holds === null ? 'unknown' : holds ? 'meets it' : 'does not meet it', holds, parts }
  })
  const left = rows.length - shown.length
  return left > 0 ? [...shown, { question: `and ${left} more`, answer: '', holds: null, parts: [] }] : shown
}
