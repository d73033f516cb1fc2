import { withoutValue } from './misshapen-element.ts'

/**
 * Canonical prefixes that name the same profiles and extensions: what records say (left) and what measures ask for
 * (right). US Quality Core is the successor of QI-Core; its test records came before its measures.
 */
export type UrlPrefixes = readonly (readonly [from: string, to: string])[]

const qicore = 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-'

export const knownPrefixes: UrlPrefixes = [
  ['http://fhir.org/guides/astp/us-quality-core/StructureDefinition/us-quality-core-', qicore],
  ['http://fhir.org/guides/onc/us-quality-core/StructureDefinition/us-quality-core-', qicore],
  ['http://hl7.org/fhir/us/quality-core/StructureDefinition/us-quality-core-', qicore],
]

/** How many different urls are remembered; records are made by others. */
const maximumKnown = 10_000

/** Reads urls of records as the urls that measures ask for. */
export class CanonicalUrls {
  readonly #prefixes: UrlPrefixes
  readonly #known = new Map<string, string>()

  constructor(prefixes: UrlPrefixes = knownPrefixes) {
    this.#prefixes = prefixes
  }

  /** The url, its version after `|` left out; null when there is none. Throws MisshapenElement. */
  read(url: unknown): string | null {
    if (typeof url !== 'string') return withoutValue(url)
    const known = this.#known.get(url)
    if (known !== undefined) return known
    const [plain = ''] = url.split('|')
    const prefix = this.#prefixes.find(([from]) => plain.startsWith(from))
    const canonical = prefix ? prefix[1] + plain.slice(prefix[0].length) : plain
    if (this.#known.size < maximumKnown) this.#known.set(url, canonical)
    return canonical
  }
}
