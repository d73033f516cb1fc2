/** A measure with everything it needs, complete and checked: what `readPackage` returns. Plain data. */
export interface MeasurePackage {
  /** Measure.id, url, version and title. */
  readonly id: string
  readonly url: string
  readonly version: string
  readonly title: string
  /** SHA-256 over the bundle's canonical JSON. */
  readonly hash: string
  /** SHA-256 of each value set's canonical JSON, by its url. */
  readonly valueSetHashes: Readonly<Record<string, string>>
  readonly bundle: PackageBundle
}

/** FHIR R4 Bundle of one Measure, the Libraries it depends on and the ValueSets they name. */
export interface PackageBundle {
  readonly resourceType: 'Bundle'
  readonly type: string
  readonly entry: readonly { readonly fullUrl?: string; readonly resource: FhirMeasure | FhirLibrary | FhirValueSet }[]
}

export interface FhirMeasure {
  readonly resourceType: 'Measure'
  readonly id: string
  readonly url: string
  readonly version: string
  readonly title: string
  readonly library: readonly string[]
  readonly extension?: readonly FhirExtension[]
  readonly group: readonly FhirMeasureGroup[]
}

export interface FhirMeasureGroup {
  readonly id?: string
  readonly extension?: readonly FhirExtension[]
  readonly population: readonly {
    readonly code: { readonly coding: readonly { readonly code: string }[] }
    readonly criteria: { readonly expression: string }
  }[]
}

export interface FhirExtension {
  readonly url: string
  readonly valueCode?: string
}

export interface FhirLibrary {
  readonly resourceType: 'Library'
  readonly id: string
  readonly url: string
  readonly version: string
  readonly name: string
  readonly content: readonly { readonly contentType: string; readonly data: string }[]
}

export interface FhirValueSet {
  readonly resourceType: 'ValueSet'
  readonly id: string
  readonly url: string
  readonly version?: string
  readonly title?: string
  readonly compose?: {
    readonly include: readonly {
      readonly system?: string
      readonly concept?: readonly { readonly code: string; readonly display?: string }[]
      readonly filter?: readonly unknown[]
      readonly valueSet?: readonly string[]
    }[]
  }
  readonly expansion?: {
    readonly total?: number
    readonly contains?: readonly ExpandedCode[]
  }
}

export interface ExpandedCode {
  readonly system?: string
  readonly code?: string
  readonly display?: string
  readonly abstract?: boolean
  readonly contains?: readonly ExpandedCode[]
}
