import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** A published deck, as its makers wrote it. */
export interface Deck {
  readonly package: string
  readonly cases: readonly DeckCase[]
  /** Whether the peer has to trust meta.profile to agree with this deck. */
  readonly trustsProfiles: boolean
}

interface DeckCase {
  readonly id: string
  readonly period: { readonly start: string; readonly end: string }
  readonly resources: readonly { readonly resourceType: string; readonly id?: string }[]
  readonly expected: readonly Readonly<Record<string, number>>[]
}

/** Charts of one calendar year as NDJSON texts, a resource a line. */
export interface Replica {
  readonly period: { readonly start: string; readonly end: string }
  readonly charts: readonly { readonly id: string; readonly ndjson: string }[]
  readonly expected: readonly DeckCase['expected'][]
}

export function readDeckFiles(folder: string): Deck {
  const unpacked = (name: string): string => gunzipSync(readFileSync(`${folder}/${name}`)).toString('utf8')
  const info = JSON.parse(readFileSync(`${folder}/info.json`, 'utf8')) as { fqmExecution: { trustMetaProfile: boolean } }
  const cases = unpacked('cases.ndjson.gz')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DeckCase)
  return { package: unpacked('package.json.gz'), cases, trustsProfiles: info.fqmExecution.trustMetaProfile }
}

/** Four years keep the days between two dates, leap days included, and so the answers. */
const YEARS = 4

/** Then the first years come again: 2100 has no leap day. */
const SHIFTS = 16

/**
 * The deck so many times again as other people, of each part in other years: ids of their own, and every date moved with the measurement
 * period. `labs` adds so many laboratory results that no value set of these measures holds.
 */
export function replicate(deck: Deck, { part, copies, labs }: { part: number; copies: number; labs: number }): Replica {
  const years = YEARS * (1 + (part % SHIFTS))
  const { period } = deck.cases[0]!
  const cases = Array.from({ length: copies }, (_, copy) => deck.cases.map((one) => ({ one, number: part * copies + copy }))).flat()
  const charts = cases.map(({ one, number }) => {
    const id = `${one.id}-${number}`
    const lines = [...one.resources, ...extraLabs(one.id, labs)].map((resource) => JSON.stringify(resource))
    return { id, ndjson: renamed(moved(lines.join('\n'), years), one, number) }
  })
  return {
    period: { start: moved(period.start, years), end: moved(period.end, years) },
    charts,
    expected: cases.map(({ one }) => one.expected),
  }
}

const moved = (text: string, years: number): string =>
  text.replace(/\b((?:19|20)\d\d)(?=-[01]\d(?:-[0-3]\d)?(?:[T"\s]|$))/g, (year) => String(Number(year) + years))

function renamed(text: string, { resources, id }: DeckCase, number: number): string {
  const ids = new Set([id, ...resources.flatMap((resource) => resource.id ?? [])])
  let renewed = text
  for (const one of ids) renewed = renewed.replaceAll(`"${one}"`, `"${one}-${number}"`).replaceAll(`/${one}"`, `/${one}-${number}"`)
  return renewed
}

/** Electrolytes, counts and enzymes of a busy chart. */
const LABS = [
  '2951-2',
  '2823-3',
  '2075-0',
  '1963-8',
  '17861-6',
  '6690-2',
  '789-8',
  '718-7',
  '4544-3',
  '777-3',
  '1742-6',
  '1920-8',
  '6768-6',
  '1975-2',
]

function extraLabs(patient: string, count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    resourceType: 'Observation',
    id: `${patient.slice(0, 30)}-lab-${index}`,
    meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab'] },
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: LABS[index % LABS.length] }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: `2026-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}T08:00:00.000+00:00`,
    valueQuantity: { value: index + 0.5, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  }))
}
