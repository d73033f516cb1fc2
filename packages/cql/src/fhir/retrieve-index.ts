import { codeReader, type CodeReader } from './carried-codes.ts'
import { primitiveValue, fhirElement } from './fhir-types.ts'
import type { FhirResource } from './fhir-record.ts'
import type { Claim, Claims } from './profile-claims.ts'
import type { RetrievePlan } from './retrieve-plans.ts'

type Buckets = FhirResource[][]

/** Stands for every bucket that nothing went into yet. */
const empty: FhirResource[] = []

/** Which plans a code at one path of a type leads to. */
interface PathIndex {
  readonly read: CodeReader
  readonly bySystem: ReadonlyMap<string, ReadonlyMap<string, readonly RetrievePlan[]>>
}

interface TypeIndex {
  readonly unfiltered: readonly RetrievePlan[]
  readonly paths: readonly PathIndex[]
  /** Codes one of which a resource of the type must carry to get anywhere; null when it need not. */
  readonly codes: ReadonlySet<string> | null
  /** Names of profiles a claim of which is enough. */
  readonly claims: readonly string[]
}

/** What the retrieves of a set of measures ask for, turned round: from a resource's type and codes to its buckets. */
export class RetrieveIndex {
  readonly #claims: Claims
  readonly #size: number
  readonly #byType: ReadonlyMap<string, TypeIndex>

  constructor(plans: Iterable<RetrievePlan>, claims: Claims) {
    this.#claims = claims
    const types = new Map<string, RetrievePlan[]>()
    let size = 0
    for (const plan of plans) {
      size = Math.max(size, plan.bucket + 1)
      types.set(plan.type, [...(types.get(plan.type) ?? []), plan])
    }
    this.#size = size
    this.#byType = new Map([...types].map(([type, of]) => [type, indexType(type, of)]))
  }

  emptyBuckets(): Buckets {
    return new Array<FhirResource[]>(this.#size).fill(empty)
  }

  /** Puts a resource into every bucket that it belongs to. */
  sort(resource: FhirResource, buckets: Buckets): void {
    const index = this.#byType.get(resource.resourceType)
    if (!index) return
    const claims = this.#claims.of(resource)
    for (const plan of index.unfiltered) place(resource, claims, plan, buckets)
    for (const { read, bySystem } of index.paths) {
      for (const { system, code } of read(resource)) {
        if (code === null) continue
        if (system === null) {
          for (const codes of bySystem.values()) placeAll(resource, claims, codes.get(code), buckets)
        } else placeAll(resource, claims, bySystem.get(system)?.get(code), buckets)
      }
    }
  }

  /** Whether a resource of this type could matter when all that is known of it are its codes. */
  couldMatter(type: string, codes: readonly { readonly code: string }[]): boolean {
    const index = this.#byType.get(type)
    if (type === 'Patient' || !index) return type === 'Patient'
    return index.codes === null || codes.some(({ code }) => index.codes!.has(code))
  }

  /** What a text of this type must hold to matter; null when nothing makes it. */
  filterOf(type: string): TypeIndex | null {
    return this.#byType.get(type) ?? null
  }
}

function placeAll(resource: FhirResource, claims: readonly Claim[], plans: readonly RetrievePlan[] | undefined, buckets: Buckets): void {
  if (plans) for (const plan of plans) place(resource, claims, plan, buckets)
}

function place(resource: FhirResource, claims: readonly Claim[], { bucket, test }: RetrievePlan, buckets: Buckets): void {
  const list = buckets[bucket]!
  // A resource that carries two codes of one value set is in it once.
  if (list[list.length - 1] === resource || (test !== null && !test(resource, claims))) return
  if (list === empty) buckets[bucket] = [resource]
  else list.push(resource)
}

function indexType(type: string, plans: readonly RetrievePlan[]): TypeIndex {
  const paths = new Map<string, Map<string, Map<string, RetrievePlan[]>>>()
  for (const plan of plans) {
    if (plan.path === null || plan.codes === null) continue
    const bySystem = paths.get(plan.path) ?? new Map<string, Map<string, RetrievePlan[]>>()
    paths.set(plan.path, bySystem)
    for (const { system, code } of plan.codes) {
      const byCode = bySystem.get(system) ?? new Map<string, RetrievePlan[]>()
      bySystem.set(system, byCode)
      const known = byCode.get(code)
      if (!known) byCode.set(code, [plan])
      else if (!known.includes(plan)) known.push(plan)
    }
  }
  const unfiltered = plans.filter((plan) => plan.codes === null)
  return {
    unfiltered,
    paths: [...paths].map(([path, bySystem]) => ({ read: codeReader(type, path), bySystem })),
    codes:
      unfiltered.every((plan) => plan.fixed !== null) && [...paths.keys()].every((path) => isCoded(type, path)) ? codesOf(plans) : null,
    claims: unfiltered.flatMap((plan) => (plan.profile === null ? [] : [plan.profile.slice(plan.profile.lastIndexOf('/') + 1)])),
  }
}

const codesOf = (plans: readonly RetrievePlan[]): ReadonlySet<string> =>
  new Set(plans.flatMap((plan) => [...(plan.codes ?? []), ...(plan.fixed ?? [])].map(({ code }) => code)))

/** Whether codes of a path stand under `"code"` in JSON; those of a primitive stand under its own name. */
function isCoded(type: string, path: string): boolean {
  const element = fhirElement(`FHIR.${type}`, path)
  const of = element?.type.kind === 'list' ? element.type.element : element?.type
  const names = of?.kind === 'choice' ? of.choices : of ? [of] : []
  return names.length > 0 && names.every((name) => name.kind === 'named' && !primitiveValue(name.name))
}
