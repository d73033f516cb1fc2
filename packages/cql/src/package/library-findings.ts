import { circleInWords } from '../front-end/include-circle.ts'
import { problemsIn } from '../front-end/translation-problem.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { sha256 } from './canonical-json.ts'
import { doubledParts } from './doubled-parts.ts'
import type { FhirMeasure } from './measure-package.ts'
import {
  attachment,
  dependencies,
  findLibrary,
  isVersion,
  mostLibraries,
  type PackageContent,
  type PackagedLibrary,
} from './package-content.ts'
import { type Findings, type PackageProblem, unique } from './package-problem.ts'

/** Something that names a library: the measure, or a library that includes it. */
interface Wish {
  readonly reference: string
  readonly version: string | undefined
  readonly by: string
}

/** What is missing, damaged, doubled or in a circle among the libraries that a measure runs on. */
export function libraryFindings(content: PackageContent, measure: FhirMeasure): Findings {
  const needed = dependencies(content, measure)
  if (needed.length > mostLibraries) {
    const message = `The measure runs on more than ${mostLibraries} libraries, which are the most that are taken. Put some of them together.`
    return { problems: [{ subject: `Measure/${measure.id}`, message }], warnings: [] }
  }
  const wishes = wishesOf(measure, needed)
  const areSeveral = rivals()
  const warnings: PackageProblem[] = []
  const problems: PackageProblem[] = []
  for (const { reference, version, by } of wishes) {
    const named = content.librariesNamed(reference)
    const subject = version === undefined || reference.includes('|') ? reference : `${reference}|${version}`
    if (named.length === 0) problems.push({ subject, message: `The library is missing; ${by} needs it.` })
    else if (version !== undefined && !named.some((library) => isVersion(library, version))) {
      warnings.push({ subject, message: `${by} names this version; the package holds ${versionsOf(named)}, which is used.` })
    } else if (areSeveral(named, version)) {
      problems.push({
        subject,
        message: `The package holds the library more than once (${versionsOf(named)}), and ${by} does not say which it means.`,
      })
    }
  }
  for (const { resource, elm, damage } of needed) {
    if (damage) problems.push({ subject: resource.name, message: damage })
    else if (!elm) problems.push({ subject: resource.name, message: withoutElm(resource) })
    else problems.push(...untranslated(elm, resource.name), ...doubledParts(elm, resource.name))
  }
  return { problems: [...unique(problems), ...unique(circles(content, needed))], warnings: [...unique(warnings), ...unset(needed)] }
}

/** What the translator itself calls an error: the definition is there and is Null, so it would count nobody without a word. */
const untranslated = (elm: ElmLibrary, subject: string): PackageProblem[] =>
  (Array.isArray(elm.annotation) ? problemsIn(elm.annotation, subject) : []).map(({ library, line, column, message }) => ({
    subject: library,
    message: `Its ELM was made of CQL that has an error${line > 0 ? ` in line ${line}, column ${column}` : ''}: ${message} Correct the CQL and translate it again.`,
  }))

/** Parameters that nobody gives a value: logic that asks for one is given nothing, and often finds nothing. */
const unset = (needed: readonly PackagedLibrary[]): PackageProblem[] =>
  needed.flatMap(({ resource, elm }) =>
    (elm?.parameters?.def ?? [])
      .filter(({ name, default: given }) => name !== 'Measurement Period' && given === undefined)
      .map(({ name }) => ({
        subject: resource.name,
        message: `Its parameter "${name}" has no default and is given no value: it is null.`,
      })),
  )

const wishesOf = (measure: FhirMeasure, needed: readonly PackagedLibrary[]): Wish[] => [
  ...(measure.library ?? []).map((reference) => ({ reference, version: reference.split('|')[1], by: `Measure/${measure.id}` })),
  ...needed.flatMap(({ elm, resource }) =>
    (elm?.includes?.def ?? []).map(({ path, version }) => ({ reference: path, version, by: resource.name })),
  ),
]

/** Whether several different libraries fit a wish. The same one twice does no harm. */
function rivals(): (named: readonly PackagedLibrary[], version: string | undefined) => boolean {
  const hashes = new Map<PackagedLibrary, string>()
  const hashOf = (library: PackagedLibrary): string => {
    const hash = hashes.get(library) ?? sha256(JSON.stringify(library.resource.content))
    hashes.set(library, hash)
    return hash
  }
  return (named, version) => {
    const fitting = version === undefined ? named : named.filter((library) => isVersion(library, version))
    return fitting.length > 1 && new Set(fitting.map(hashOf)).size > 1
  }
}

const versionsOf = (named: readonly PackagedLibrary[]): string =>
  named.map(({ resource, elm }) => resource.version ?? elm?.identifier.version ?? 'without version').join(' and ')

function withoutElm(library: PackagedLibrary['resource']): string {
  if (attachment(library, 'text/cql') !== null) return 'The library carries CQL only; it has to be translated first.'
  return 'The library carries no ELM (application/elm+json) and no CQL (text/cql).'
}

/** Libraries that include themselves by way of others; each circle once. */
function circles(content: PackageContent, needed: readonly PackagedLibrary[]): PackageProblem[] {
  const found: PackageProblem[] = []
  const done = new Set<PackagedLibrary>()
  const visit = (library: PackagedLibrary, path: readonly PackagedLibrary[]): void => {
    const start = path.indexOf(library)
    if (start >= 0) {
      const names = [...path.slice(start), library].map(({ resource }) => resource.name)
      found.push({ subject: library.resource.name, message: circleInWords(names) })
      return
    }
    if (done.has(library)) return
    for (const include of library.elm?.includes?.def ?? []) {
      const next = findLibrary(content, include.path, include.version)
      if (next) visit(next, [...path, library])
    }
    done.add(library)
  }
  for (const library of needed) visit(library, [])
  return found
}
