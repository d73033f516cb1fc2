import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fhirHelpers } from '../front-end/fhir-helpers.ts'
import { sha256 } from './canonical-json.ts'
import type { FhirMeasure, FhirValueSet } from './measure-package.ts'
import { codesOf, type ValueSetCode } from './value-set-codes.ts'

/** The measures that ship with the product, as their authors wrote them. */
export interface StarterSources {
  readonly measures: readonly FhirMeasure[]
  /** CQL texts. */
  readonly libraries: readonly string[]
  readonly valueSets: readonly FhirValueSet[]
}

const require = createRequire(import.meta.url)
const folder = new URL('../../starter-set/', import.meta.url)
const registryFolder = new URL('../../registry-set/', import.meta.url)
const texts = (name: string, of = folder): string[] => {
  const inside = new URL(`${name}/`, of)
  return readdirSync(fileURLToPath(inside))
    .sort()
    .map((file) => readFileSync(new URL(file, inside), 'utf8'))
}

/** As pages list them: lasting illnesses, mind and habits, screening, care between visits. */
const ORDER = [
  ...['glycemic-control-poor', 'kidney-health-evaluation', 'blood-pressure-control', 'statin-therapy'],
  ...['depression-screening-follow-up', 'tobacco-screening-cessation'],
  ...['colorectal-cancer-screening', 'breast-cancer-screening', 'falls-risk-screening'],
  ...['follow-up-after-discharge', 'care-management-contact'],
]

let sources: StarterSources | undefined

export const starterSources = (): StarterSources =>
  (sources ??= {
    measures: texts('measures')
      .map((text) => JSON.parse(text) as FhirMeasure)
      .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id)),
    libraries: texts('libraries'),
    valueSets: texts('value-sets').map((text) => JSON.parse(text) as FhirValueSet),
  })

/** As pages list registries: what most people have first, what takes all of them together last. */
const REGISTRY_ORDER = [
  ...['diabetes', 'hypertension', 'asthma-copd', 'heart', 'arthritis', 'depression', 'chronic-kidney-disease'],
  'multiple-chronic-conditions',
]

let registries: StarterSources | undefined

/** The registries that ship with the product: cohorts over the starter set's value sets and its way to read a record. */
export const registrySources = (): StarterSources =>
  (registries ??= {
    measures: texts('measures', registryFolder)
      .map((text) => JSON.parse(text) as FhirMeasure)
      .sort((a, b) => REGISTRY_ORDER.indexOf(a.id) - REGISTRY_ORDER.indexOf(b.id)),
    libraries: [
      ...starterSources().libraries.filter((text) => text.startsWith('library ClinicalRecord ')),
      ...texts('libraries', registryFolder),
    ],
    valueSets: starterSources().valueSets,
  })

/** Raise it when packages of the same sources come out differently. */
const packaging = '1'

/** Changes whenever building the starter set could give other packages: its sources, FHIRHelpers, the translator, our packaging. */
export const starterSourceHash = (): string => sourceHash([...texts('measures'), ...texts('libraries'), ...texts('value-sets')])

/** The same of the registries. */
export const registrySourceHash = (): string =>
  sourceHash([...texts('measures', registryFolder), ...registrySources().libraries, ...texts('value-sets')])

function sourceHash(sources: readonly string[]): string {
  const translator = dirname(require.resolve('@cqframework/cql/cql'))
  const { version } = JSON.parse(readFileSync(join(translator, 'package.json'), 'utf8')) as { version: string }
  return sha256([packaging, version, fhirHelpers(), ...sources].join('\0'))
}

/** Codes of one of the starter set's value sets; throws for a url that is not one. */
export function valueSetCodes(url: string): ValueSetCode[] {
  const valueSet = starterSources().valueSets.find((candidate) => candidate.url === url)
  const codes = valueSet && codesOf(valueSet)
  if (!Array.isArray(codes)) throw new Error(`The starter set has no value set ${url}.`)
  return codes
}
