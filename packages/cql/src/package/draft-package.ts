import { libraryHeader, type ElmLibrary, type TranslationProblem } from '../front-end/translation.ts'
import { fhirHelpers } from '../front-end/fhir-helpers.ts'
import { bundleOf, CARECOMMONS, libraryResource } from './build-starter-packages.ts'
import type { FhirMeasure, FhirValueSet, PackageBundle } from './measure-package.ts'

/** A measure that somebody writes: one CQL library whose definitions have the names of the populations. */
export interface DraftMeasure {
  readonly title: string
  readonly description: string
  readonly improvement: 'increase' | 'decrease'
  readonly cql: string
}

/** Populations by the names that their definitions may have. */
const POPULATIONS = [
  ['initial-population', ['Initial Population']],
  ['denominator', ['Denominator']],
  ['denominator-exclusion', ['Denominator Exclusion', 'Denominator Exclusions']],
  ['denominator-exception', ['Denominator Exception', 'Denominator Exceptions']],
  ['numerator', ['Numerator']],
] as const
const REQUIRED: readonly string[] = ['initial-population', 'denominator', 'numerator']

/** What a text lacks to become a measure, beside being CQL. */
export function draftFindings(cql: string, isKnown: (valueSetUrl: string) => boolean): TranslationProblem[] {
  const { name, version } = libraryHeader(cql)
  const say = (line: number, column: number, message: string): TranslationProblem => ({ library: name, line, column, message })
  const names = definitionsIn(cql)
  return [
    ...(/^[A-Za-z][A-Za-z0-9]{2,63}$/.test(name) && version !== null
      ? []
      : [
          say(
            1,
            1,
            "The text begins with its name and version: library NameOfTheMeasure version '1.0.0'. The name has 3 to 64 letters and digits.",
          ),
        ]),
    ...POPULATIONS.flatMap(([code, [wanted]]) =>
      REQUIRED.includes(code) && !names.includes(wanted) ? [say(1, 1, `A measure needs a definition named "${wanted}".`)] : [],
    ),
    ...valueSetsIn(cql).flatMap(({ url, line, column }) =>
      isKnown(url) ? [] : [say(line, column, `There is no value set ${url} here: load a package that brings it, or take one of the list.`)],
    ),
  ]
}

const definitionsIn = (cql: string): string[] => [...cql.matchAll(/^\s*define\s+"([^"]+)"\s*:/gm)].map(([, name]) => name!)

/** Value sets that a text declares, with the place of each url. */
export function valueSetsIn(cql: string): { readonly url: string; readonly line: number; readonly column: number }[] {
  return cql.split('\n').flatMap((text, index) => {
    const found = /^(\s*valueset\s+"[^"]+"\s*:\s*)'([^']+)'/.exec(text)
    return found ? [{ url: found[2]!.split('|')[0]!, line: index + 1, column: found[1]!.length + 1 }] : []
  })
}

/** The package of a draft whose text translated: what it includes with it, and the value sets that any of it names. */
export function draftBundle(
  draft: DraftMeasure,
  libraries: readonly ElmLibrary[],
  texts: readonly string[],
  valueSets: readonly FhirValueSet[],
): PackageBundle {
  const byName = new Map([fhirHelpers(), ...texts, draft.cql].map((text) => [libraryHeader(text).name, text]))
  const resources = libraries.map((elm) => libraryResource(elm, byName.get(elm.identifier.id) ?? ''))
  const named = new Set(libraries.flatMap((elm) => (elm.valueSets?.def ?? []).map(({ id }) => id.split('|')[0]!)))
  return bundleOf([measureOf(draft), ...resources, ...valueSets.filter(({ url }) => named.has(url))])
}

/** Urls of the value sets that libraries name. */
export const namedValueSets = (libraries: readonly ElmLibrary[]): string[] => [
  ...new Set(libraries.flatMap((elm) => (elm.valueSets?.def ?? []).map(({ id }) => id.split('|')[0]!))),
]

function measureOf({ title, description, improvement, cql }: DraftMeasure): FhirMeasure {
  const { name, version } = libraryHeader(cql)
  const coded = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] })
  const names = definitionsIn(cql)
  const population = POPULATIONS.flatMap(([code, wanted]) => {
    const expression = wanted.find((one) => names.includes(one))
    return expression ? [{ code: coded('measure-population', code), criteria: { language: 'text/cql-identifier', expression } }] : []
  })
  return Object.assign(
    { resourceType: 'Measure' as const, id: name, url: `${CARECOMMONS}/Measure/${name}`, version: version ?? '', name, title },
    {
      ...{ status: 'active', description, library: [`${CARECOMMONS}/Library/${name}`] },
      ...{ scoring: coded('measure-scoring', 'proportion'), improvementNotation: coded('measure-improvement-notation', improvement) },
      group: [{ id: name, basis: 'boolean', population }],
    },
  )
}
