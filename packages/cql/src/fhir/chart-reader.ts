import type { Chart } from '../engine.ts'
import type { FhirRecord, FhirResource } from './fhir-record.ts'
import type { RetrieveIndex } from './retrieve-index.ts'
import { isObject, MisshapenElement } from './misshapen-element.ts'
import { misshapenInWords } from './misshapen-words.ts'
import { mayMatter } from './text-scan.ts'

/** Why a chart cannot be evaluated at all, in words without anything from the chart. */
export class UnreadableChart extends Error {}

/** Opens a chart for a set of measures: parses what their retrieves may ask for and sorts it into buckets. Throws UnreadableChart. */
export function readChart(chart: Chart, index: RetrieveIndex): FhirRecord {
  const buckets = index.emptyBuckets()
  let patients = 0
  let unsorted: Map<string, string> | null = null
  const add = (text: string, position: number): void => {
    const resource = parse(text, position)
    const { resourceType } = resource
    if (resourceType === 'Patient') patients++
    try {
      index.sort(resource, buckets)
    } catch (error) {
      if (!(error instanceof MisshapenElement)) throw error
      unsorted ??= new Map()
      unsorted.set(resourceType, misshapenInWords(error, [resource]))
    }
  }
  const { resources, facts = [] } = chart
  for (let position = 0; position < resources.length; position++) {
    const text = resources[position]!
    if (mayMatter(text, index)) add(text, position)
  }
  for (let position = 0; position < facts.length; position++) {
    const { type, codes, text } = facts[position]!
    if (index.couldMatter(type, codes)) add(text, resources.length + position)
  }
  if (patients !== 1) throw new UnreadableChart(`A chart holds one Patient; this one holds ${patients}.`)
  return { chartId: chart.id, buckets, unsorted }
}

function parse(text: string, position: number): FhirResource {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which is a patient's.
    throw new UnreadableChart(`Resource ${position + 1} of the chart is not JSON.`)
  }
  if (isObject(json) && typeof json.resourceType === 'string') return json as unknown as FhirResource
  throw new UnreadableChart(`Resource ${position + 1} of the chart does not say what it is (resourceType), so it is no FHIR resource.`)
}
