import { type CohortClauses, cohortClauses, type MeasureEngine, type MeasurePackage, readPackage } from '@carecommons/cql'
import { dataNeed, PackageDamaged, type TypeNeed } from '#modules/quality'
import type { Sessions } from '#shared/sessions'

/** A registry's definition, ready to be evaluated. */
export interface LoadedRegistry extends CohortClauses {
  readonly registry: string
  readonly package: MeasurePackage
  /** Names of the clauses that results refer to. */
  readonly clauses: readonly string[]
}

export interface RegistrySet {
  readonly hashes: readonly string[]
  readonly registries: readonly LoadedRegistry[]
  readonly need: readonly TypeNeed[]
}

/** Versions of registries, read once per process. */
export interface LoadedRegistries {
  of(hashes: readonly string[]): Promise<RegistrySet>
}

export function openLoadedRegistries(sessions: Sessions, engine: MeasureEngine): LoadedRegistries {
  const known = new Map<string, Promise<RegistrySet>>()
  return {
    of(hashes) {
      const key = hashes.join(' ')
      const present = known.get(key) ?? load(sessions, engine, hashes)
      known.set(key, present)
      present.catch(() => known.delete(key))
      return present
    },
  }
}

async function load(sessions: Sessions, engine: MeasureEngine, hashes: readonly string[]): Promise<RegistrySet> {
  const rows = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db
      .selectFrom('registry_package')
      .select(['hash', 'registry', 'bundle'])
      .where('hash', 'in', ['', ...hashes])
      .execute(),
  )
  const loaded = hashes.map((hash) => {
    const row = rows.find((one) => one.hash === hash)
    const read = row && readPackage(JSON.parse(row.bundle))
    if (!row || !read?.ok || read.package.hash !== hash) throw new PackageDamaged(`Registry version ${hash.slice(0, 12)} is damaged.`)
    const measure = engine.load(read.package)
    const clauses = measure.groups[0]?.clauses ?? []
    return { registry: row.registry, package: read.package, clauses, ...cohortClauses(read.package), requirements: measure.requirements }
  })
  return { hashes, registries: loaded, need: dataNeed(loaded.flatMap(({ requirements }) => requirements)) }
}
