import type { Code } from './codes.ts'
import type { PayerKind } from './payers.ts'
import type { Quality } from './quality.ts'

export interface Clinician {
  readonly id: string
  readonly roleId: string
  readonly name: string
  readonly given: string
  readonly family: string
  readonly credential: string
  readonly specialty: Code
  readonly npi: string
  readonly practiceId: string
}

export interface CareManager {
  readonly id: string
  readonly name: string
  readonly given: string
  readonly family: string
  readonly npi: string
  /** Practices served, each with the id of the PractitionerRole. */
  readonly assignments: readonly { readonly practiceId: string; readonly roleId: string }[]
}

export interface Practice {
  readonly id: string
  readonly locationId: string
  readonly name: string
  readonly slug: string
  readonly npi: string
  readonly street: string
  readonly city: string
  readonly state: string
  readonly postalCode: string
  readonly phone: string
  readonly timeZone: string
  /** Charts kept here. */
  readonly patients: number
  readonly clinicians: readonly Clinician[]
  readonly careManagerId: string
  readonly quality: Quality
  /** Above 0 the panel is older than the region's, below 0 younger. */
  readonly ageSkew: number
}

export interface Payer {
  readonly id: string
  readonly name: string
  readonly kind: PayerKind
}

/** A place that is no member practice: the hospital of the region and the service that takes behavioral-health referrals. */
export interface Facility {
  readonly id: string
  readonly name: string
  readonly npi: string
  readonly city: string
}

export interface Directory {
  readonly practices: readonly Practice[]
  readonly careManagers: readonly CareManager[]
  readonly payers: readonly Payer[]
  readonly hospital: Facility
  readonly behavioralHealth: Facility
}
