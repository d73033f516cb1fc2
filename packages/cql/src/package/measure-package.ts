/** A measure with everything it needs, complete and checked: what `readPackage` returns. Plain data. */
export interface MeasurePackage {
  /** Measure.id, url, version and title. */
  readonly id: string
  readonly url: string
  readonly version: string
  readonly title: string
  /** SHA-256 over the bundle's canonical JSON. */
  readonly hash: string
  /** SHA-256 of each library's canonical JSON, by its url and version (`url|version`). */
  readonly libraryHashes: Readonly<Record<string, string>>
  /** SHA-256 of each value set's canonical JSON, by its url; by `url|version` where the package holds several of that url. */
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
  readonly title?: string
  readonly name?: string
  readonly identifier?: readonly { readonly type?: Coded; readonly value?: string }[]
  readonly library: readonly string[]
  readonly extension?: readonly FhirExtension[]
  readonly scoring?: Coded
  readonly improvementNotation?: Coded
  readonly group: readonly FhirMeasureGroup[]
  readonly supplementalData?: readonly { readonly id?: string; readonly criteria?: FhirCriteria }[]
}

/** `scoring`, `basis` and what a population refers to are R5's; R4 has extensions for them. */
export interface FhirMeasureGroup {
  readonly id?: string
  readonly extension?: readonly FhirExtension[]
  readonly scoring?: Coded
  readonly basis?: string
  readonly improvementNotation?: Coded
  readonly population?: readonly FhirPopulation[]
  readonly stratifier?: readonly FhirStratifier[]
}

export interface FhirPopulation {
  readonly id?: string
  readonly extension?: readonly FhirExtension[]
  readonly code?: Coded
  readonly criteria?: FhirCriteria
  readonly inputPopulationId?: string
  readonly aggregateMethod?: Coded
}

export interface FhirStratifier {
  readonly id?: string
  readonly extension?: readonly FhirExtension[]
  readonly code?: Coded
  readonly criteria?: FhirCriteria
  readonly component?: readonly { readonly criteria?: FhirCriteria }[]
}

export interface FhirCriteria {
  readonly expression?: string
}

export interface Coded {
  readonly coding?: readonly { readonly code?: string }[]
  readonly text?: string
}

export interface FhirExtension {
  readonly url: string
  readonly valueCode?: string
  readonly valueString?: string
  readonly valueBoolean?: boolean
  readonly valueCodeableConcept?: Coded
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
  readonly status?: string
  readonly compose?: {
    readonly include: readonly {
      readonly system?: string
      readonly concept?: readonly { readonly code: string; readonly display?: string }[]
      readonly filter?: readonly unknown[]
      readonly valueSet?: readonly string[]
    }[]
    readonly exclude?: readonly unknown[]
  }
  readonly expansion?: {
    readonly total?: number
    readonly offset?: number
    readonly parameter?: readonly { readonly name: string; readonly valueInteger?: unknown; readonly valueBoolean?: unknown }[]
    readonly extension?: readonly FhirExtension[]
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
