/** A FHIR R4 resource as its JSON says it. */
export interface FhirResource {
  readonly resourceType: string
  readonly id?: string
  readonly [element: string]: unknown
}

/**
 * One chart, parsed once for every measure of a set: its resources sorted into the buckets that the set's retrieves
 * ask for. Whoever opens a record says for which set.
 */
export interface FhirRecord {
  readonly chartId: string
  /** Resources by number of the bucket. */
  readonly buckets: readonly (readonly FhirResource[])[]
  /** By type why one of its resources could not be sorted, in words; null where all could. */
  readonly unsorted: ReadonlyMap<string, string> | null
}

/** `Type/id`; what has no id is told by what no id can be. */
export const referenceOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${typeof id === 'string' ? id : '(without-id)'}`

/** A resource among values of definitions: everything else that they give is a class of runtime/values.ts, a list or a scalar. */
export const isResource = (value: unknown): value is FhirResource =>
  typeof value === 'object' && value !== null && typeof (value as FhirResource).resourceType === 'string'
