import { FACT_SOURCES, MORE_CODES } from './fact-sources.ts'
import { type Kept, type KeptValue, objectOf, textOf } from './kept.ts'
import { type Moment, dayOf, endOf, startOf } from './moments.ts'
import type { ResourceType } from './resource-types.ts'

/** The days of the element that says when a resource took place; null where nothing bounds, as in a Period without an end. */
export interface ResourceDays {
  readonly first: string | null
  readonly last: string | null
}

/**
 * Which element dates a resource, by type; only what has one lasting meaning. A condition has none: its onset does not end it.
 * Days select what may matter to a measure before anything is parsed, so they never replace what the resource says.
 */
const DATED: Readonly<Partial<Record<ResourceType, string>>> = {
  Encounter: 'period',
  Observation: 'effective',
  DiagnosticReport: 'effective',
  Procedure: 'performed',
  Immunization: 'occurrence',
  MedicationRequest: 'authoredOn',
  MedicationStatement: 'effective',
  MedicationAdministration: 'effective',
  ServiceRequest: 'authoredOn',
  DeviceRequest: 'authoredOn',
}

/** The element by which `ParsedResource.days` judges resources of a type; null: all of them may matter. */
export const datingElement = (type: string): string | null => DATED[type as ResourceType] ?? null

/** Whether `ParsedResource.codes` has every coding that stands at a path, in the words of FHIR's model: `medication` for `medication[x]`. */
export function isPathCoded(type: string, path: string): boolean {
  const names = [...(FACT_SOURCES[type as ResourceType]?.code ?? []), ...(MORE_CODES[type as ResourceType] ?? [])]
  return names.some((name) => name === path || CHOICES.some((suffix) => name === path + suffix))
}
const CHOICES = ['CodeableConcept', 'Coding']

const UNKNOWN: ResourceDays = { first: null, last: null }

export function readDays(type: ResourceType, resource: Kept): ResourceDays {
  const element = DATED[type]
  if (element === undefined) return UNKNOWN
  const [time, period] = [resource[`${element}DateTime`], resource[`${element}Period`]]
  // Written twice it may mean anything.
  if (time !== undefined && period !== undefined) return UNKNOWN
  const stated = time ?? period ?? resource[element]
  const text = textOf(stated)
  if (text !== null) return { first: dayOf(startOf(text)), last: dayOf(endOf(text)) }
  const of = objectOf(stated)
  return of ? daysOfPeriod(of) : UNKNOWN
}

/** The wrong way round a Period is still made of these days. */
function daysOfPeriod({ start, end }: Kept): ResourceDays {
  const days = [...daysAt(start), ...daysAt(end)].sort()
  if (days.length === 0) return UNKNOWN
  return { first: start === undefined ? null : days[0]!, last: end === undefined ? null : days.at(-1)! }
}

function daysAt(value: KeptValue): string[] {
  const text = textOf(value)
  return text === null ? [] : [startOf(text), endOf(text)].map((moment: Moment) => dayOf(moment))
}
