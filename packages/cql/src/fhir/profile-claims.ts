import type { CanonicalUrls } from './canonical-urls.ts'
import type { FhirResource } from './fhir-record.ts'
import { absent, isObject, withoutValue } from './misshapen-element.ts'

/** What a profile's name says; the same url is the same claim. */
export interface Claim {
  readonly url: string
  /** Categories that the profile fixes, of condition profiles; the same profile family has the same list. */
  readonly categories: readonly string[] | null
  /** Of profiles that come in pairs: whether it is the one for what was done. Null for all others. */
  readonly done: boolean | null
}

/** Condition profiles that come in pairs and fix the category (US Core 6.1, Condition profiles). */
const fixedCategories: Readonly<Record<string, readonly string[]>> = {
  'condition-encounter-diagnosis': ['encounter-diagnosis'],
  'condition-problems-health-concerns': ['problem-list-item', 'health-concern'],
}
export const conditionCategories: readonly string[] = Object.values(fixedCategories).flat()

/** Profiles of what was decided against: `qicore-servicenotrequested`, `qicore-procedurenotdone`, `qicore-taskrejected`. */
const negativeProfile = /(?:not(?:done|requested|ordered|dispensed|administered|recommended)|cancelled|rejected|declined)$/
/** The family whose profiles come in pairs, one for what was done and one for what was not. */
const pairedFamily = '/us/qicore/'
const none: readonly Claim[] = []

/** Reads the profiles that records claim, each url once. */
export class Claims {
  readonly #urls: CanonicalUrls
  readonly #known = new Map<string, Claim>()

  constructor(urls: CanonicalUrls) {
    this.#urls = urls
  }

  of({ meta }: FhirResource): readonly Claim[] {
    const profile = isObject(meta) ? meta.profile : absent(meta)
    if (!Array.isArray(profile)) return absent(profile) ?? none
    if (profile.length === 1 && typeof profile[0] === 'string') return this.#single(profile[0])
    return profile.flatMap((url: unknown) => (typeof url === 'string' ? this.claim(url) : (withoutValue(url) ?? none)))
  }

  claim(url: string): Claim {
    const canonical = this.#urls.read(url) ?? url
    let claim = this.#known.get(canonical)
    if (!claim) {
      const name = canonical.slice(canonical.lastIndexOf('/') + 1).replace(/^(?:qicore|us-core)-/, '')
      const categories = Object.hasOwn(fixedCategories, name) ? fixedCategories[name]! : null
      claim = { url: canonical, categories, done: canonical.includes(pairedFamily) ? !negativeProfile.test(canonical) : null }
      if (this.#known.size < maximumKnown) this.#known.set(canonical, claim)
    }
    return claim
  }

  readonly #singles = new Map<string, readonly Claim[]>()

  #single(url: string): readonly Claim[] {
    let claims = this.#singles.get(url)
    if (!claims) {
      claims = [this.claim(url)]
      if (this.#singles.size < maximumKnown) this.#singles.set(url, claims)
    }
    return claims
  }
}

/** How many different profiles are remembered; records are made by others. */
const maximumKnown = 10_000
