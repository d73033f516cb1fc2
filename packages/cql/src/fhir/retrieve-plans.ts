import type { ValueSetCode } from '../package/value-set-codes.ts'
import type { CanonicalUrls } from './canonical-urls.ts'
import { Claims } from './profile-claims.ts'
import { fixedCodesOf, profileTest, type ProfileTest } from './profiles.ts'

type FilterCode = Pick<ValueSetCode, 'system' | 'code'>

/** One bucket of a record: resources of a type that fit a profile and carry one of the codes at a path. */
export interface RetrievePlan {
  readonly bucket: number
  readonly type: string
  readonly path: string | null
  /** Null asks for no code. */
  readonly codes: readonly FilterCode[] | null
  readonly profile: string | null
  readonly test: ProfileTest | null
  /** Codes without which no resource that claims no profile gets in. */
  readonly fixed: readonly FilterCode[] | null
}

/** What retrieves of a set of measures ask for; the same question has one bucket, whichever measure asks it. */
export class RetrievePlans {
  readonly urls: CanonicalUrls
  readonly claims: Claims
  readonly plans: RetrievePlan[] = []
  readonly #byQuestion = new Map<string, RetrievePlan>()

  constructor(urls: CanonicalUrls) {
    this.urls = urls
    this.claims = new Claims(urls)
  }

  plan(
    type: string,
    profile: string | null,
    filter: { readonly path: string; readonly codes: readonly FilterCode[] } | null,
  ): RetrievePlan {
    const test = profile === null ? null : profileTest(profile, this.claims)
    const asked = test === null ? null : profile
    const codes = filter && [...new Set(filter.codes.map(({ system, code }) => `${system}|${code}`))].sort()
    const question = JSON.stringify([type, asked, filter?.path ?? null, codes])
    const known = this.#byQuestion.get(question)
    if (known) return known
    const plan: RetrievePlan = {
      ...{ bucket: this.plans.length, type, path: filter?.path ?? null, codes: filter?.codes ?? null },
      ...{ profile: asked, test, fixed: profile === null ? null : fixedCodesOf(this.urls.read(profile) ?? profile) },
    }
    this.plans.push(plan)
    this.#byQuestion.set(question, plan)
    return plan
  }
}
