import type { MeasureEngine, MeasurePackage } from '@carecommons/cql'
import { readPackage } from '@carecommons/cql'
import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'
import { dataNeed, type RecordKind, recordKinds, type TypeNeed } from './data-need.ts'

/** Measure packages of a run, read once per process. */
export interface LoadedMeasures {
  of(hashes: readonly string[]): Promise<MeasureSet>
}

export interface MeasureSet {
  readonly packages: readonly MeasurePackage[]
  readonly need: readonly TypeNeed[]
  readonly kinds: readonly RecordKind[]
}

export function openLoadedMeasures(sessions: Sessions, engine: MeasureEngine): LoadedMeasures {
  const known = new Map<string, ReturnType<LoadedMeasures['of']>>()
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

async function load(sessions: Sessions, engine: MeasureEngine, hashes: readonly string[]): ReturnType<LoadedMeasures['of']> {
  const rows = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db
      .selectFrom('measure_package')
      .select(['hash', 'bundle', 'value_set_hashes'])
      .where('hash', 'in', [...hashes])
      .execute(),
  )
  const packages = hashes.map((hash) => readStored(rows.find((row) => row.hash === hash)?.bundle, hash))
  const isNoted = (hash: string): boolean => rows.some((row) => row.hash === hash && row.value_set_hashes !== null)
  await noteValueSets(
    sessions,
    packages.filter(({ hash }) => !isNoted(hash)),
  )
  const requirements = packages.map((pkg) => engine.load(pkg).requirements)
  return { packages, need: dataNeed(requirements.flat()), kinds: recordKinds(requirements) }
}

/** Hashes of value sets follow from the package: whoever reads them from here need not open it. */
async function noteValueSets(sessions: Sessions, packages: readonly MeasurePackage[]): Promise<void> {
  if (packages.length === 0) return
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    for (const { hash, valueSetHashes } of packages)
      await sql`update measure_package set value_set_hashes = ${JSON.stringify(valueSetHashes)}::jsonb where hash = ${hash}`.execute(db)
  })
}

/** A package that no attempt can compute with. The message may be shown: packages hold nothing of a record. */
export class PackageDamaged extends Error {}

function readStored(bundle: string | undefined, hash: string): MeasurePackage {
  const name = `Measure package ${hash.slice(0, 12)}`
  if (!bundle) throw new PackageDamaged(`${name} is not in the database.`)
  const read = readPackage(parsed(bundle))
  if (!read.ok) throw new PackageDamaged(`${name} is damaged. ${read.problems.map(({ message }) => message).join(' ')}`)
  if (read.package.hash !== hash) throw new PackageDamaged(`${name} is damaged. It holds something else than was loaded under this hash.`)
  return read.package
}

function parsed(bundle: string): unknown {
  try {
    return JSON.parse(bundle)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
