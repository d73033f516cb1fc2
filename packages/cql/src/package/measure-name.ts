import type { FhirMeasure } from './measure-package.ts'

/**
 * What people call a measure: the short name among its identifiers, else its name or id. Short names of measures that exist for several
 * data models end with the model ("FHIR"), which nobody says.
 */
export function measureName(measure: FhirMeasure): string {
  const short = measure.identifier?.find(({ type }) => type?.coding?.some(({ code }) => code === 'short-name'))?.value?.trim()
  return short ? short.replace(/(?<=.)FHIR$/, '') : (measure.name ?? measure.id)
}
