import { CompileError } from '../elm/compile-error.ts'
import type { MeasureEngine } from '../engine.ts'
import type { MeasurePackage } from './measure-package.ts'
import { openPackage } from './open-package.ts'
import { type PackagePage, packagePage } from './package-page.ts'
import type { PackageProblem } from './package-problem.ts'

/** A package that can be computed with, in a form that leaves a thread cheaply. */
export interface OpenedPackage extends Omit<MeasurePackage, 'bundle' | 'libraryHashes' | 'valueSetHashes'> {
  /** JSON text. */
  readonly bundle: string
  readonly page: PackagePage
}

export type PackageOpening =
  { readonly ok: true; readonly package: OpenedPackage } | { readonly ok: false; readonly problems: readonly PackageProblem[] }

/** Reads a package and compiles it: what cannot be computed is refused with the place, like what is missing. */
export async function openAndCompile(engine: MeasureEngine, bytes: Uint8Array): Promise<PackageOpening> {
  const reading = await openPackage(bytes)
  if (!reading.ok) return reading
  const pkg = reading.package
  try {
    const { groups, supplementalData, requirements } = engine.load(pkg)
    const { id, url, version, title, hash } = pkg
    const page = packagePage(pkg, { groups, supplementalData, requirements }, reading.warnings)
    return { ok: true, package: { ...{ id, url, version, title, hash, page }, bundle: JSON.stringify(pkg.bundle) } }
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    const { library, definition, node } = error.place
    const place = [...(definition === null ? [] : [`"${definition}"`]), ...(node === null ? [] : [node])].join(', ')
    return { ok: false, problems: [{ subject: library, message: place === '' ? error.reason : `${place}: ${error.reason}` }] }
  }
}
