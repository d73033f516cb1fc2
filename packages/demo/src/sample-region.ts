import { type DemoOptions, generateRegion } from './region.ts'

/** A small region that the tests look at, read back from its lines. */
export const OPTIONS: DemoOptions = { practices: 6, patients: 600, seed: 7, asOf: '2026-11-21' }

/** As much of a resource as the tests look at. */
export interface Resource {
  resourceType: string
  id: string
  birthDate?: string
  deceasedDateTime?: string
  identifier?: { system: string; value: string }[]
  name?: { family: string; given: string[] }[]
  managingOrganization?: { reference: string }
  payor?: { reference: string }[]
  code?: Concept
  category?: Concept[]
  type?: Concept[]
  period?: { start: string; end?: string }
  [element: string]: unknown
}
interface Concept {
  coding: { system: string; code: string }[]
}

export const region = generateRegion(OPTIONS)
export const directory = [...region.directory].map((line) => JSON.parse(line) as Resource)
export const charts = [...region.charts].map((chart) => ({
  ...chart,
  texts: chart.lines.map((line) => line.json),
  resources: chart.lines.map((line) => JSON.parse(line.json) as Resource),
}))
export const patients = charts.map((chart) => chart.resources[0]!)
export const all = charts.flatMap((chart) => chart.resources)

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** The day something happened, as written in the practice's zone. Coverage is not an event. */
export function eventDay(resource: Resource): string | null {
  if (resource.resourceType === 'Coverage' || resource.resourceType === 'Patient') return null
  const { effectiveDateTime, authoredOn, occurrenceDateTime, performedDateTime, recordedDate, startDate, created, period } = resource
  const when =
    period?.start ?? effectiveDateTime ?? authoredOn ?? occurrenceDateTime ?? performedDateTime ?? recordedDate ?? startDate ?? created
  return (when as string).slice(0, 10)
}

/** What a pattern's first group catches in every line of a chart. */
export const caught = (lines: readonly string[], pattern: RegExp): string[] =>
  lines.flatMap((line) => [...line.matchAll(pattern)].map((match) => match[1]!))
