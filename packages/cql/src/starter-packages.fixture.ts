import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildRegistryPackages, buildStarterPackages } from './package/build-starter-packages.ts'
import type { MeasurePackage } from './package/measure-package.ts'
import { readPackage } from './package/read-package.ts'
import { registrySourceHash, starterSourceHash } from './package/starter-set.ts'

const folder = fileURLToPath(new URL('../node_modules/.cache/starter-set/', import.meta.url))

/** The starter packages for tests: translated once per state of the sources, kept in node_modules/.cache. */
export const starterPackages = (): Promise<Map<string, MeasurePackage>> => kept(starterSourceHash(), buildStarterPackages)

/** The same of the registries. */
export const registryPackages = (): Promise<Map<string, MeasurePackage>> => kept(registrySourceHash(), buildRegistryPackages)

async function kept(hash: string, make: () => Promise<MeasurePackage[]>): Promise<Map<string, MeasurePackage>> {
  const file = `${folder}${hash}.json`
  const packages = readCached(file) ?? (await build(file, make))
  return new Map(packages.map((pkg) => [pkg.id, pkg]))
}

function readCached(file: string): MeasurePackage[] | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  return (JSON.parse(text) as unknown[]).map((bundle) => {
    const reading = readPackage(bundle)
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    return reading.package
  })
}

async function build(file: string, make: () => Promise<MeasurePackage[]>): Promise<MeasurePackage[]> {
  const packages = await make()
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(packages.map((pkg) => pkg.bundle)))
  renameSync(`${file}.${process.pid}`, file)
  return packages
}
