import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildStarterPackages } from './package/build-starter-packages.ts'
import type { MeasurePackage } from './package/measure-package.ts'
import { readPackage } from './package/read-package.ts'
import { starterSourceHash } from './package/starter-set.ts'

const folder = fileURLToPath(new URL('../node_modules/.cache/starter-set/', import.meta.url))

/** The starter packages for tests: translated once per state of the sources, kept in node_modules/.cache. */
export async function starterPackages(): Promise<Map<string, MeasurePackage>> {
  const file = `${folder}${starterSourceHash()}.json`
  const packages = readCached(file) ?? (await build(file))
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

async function build(file: string): Promise<MeasurePackage[]> {
  const packages = await buildStarterPackages()
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(packages.map((pkg) => pkg.bundle)))
  renameSync(`${file}.${process.pid}`, file)
  return packages
}
