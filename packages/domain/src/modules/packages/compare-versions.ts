import type { OpenedPackage, PackagePage, PackageProblem } from '@carecommons/cql'

/** A version of the measure that is here, and what people read of it. */
interface EarlierVersion {
  readonly version: string
  readonly page: PackagePage
}

/**
 * Why a package cannot follow the version that is in force: the logic asks for a value set that had codes and has none now, so that nobody would
 * be in it any more. Where its publisher says that it is retired that is meant; where few are left of many it may be.
 */
export function shrunkenSets({ page }: OpenedPackage, earlier: EarlierVersion): { problems: PackageProblem[]; warnings: PackageProblem[] } {
  const found = { problems: [] as PackageProblem[], warnings: [] as PackageProblem[] }
  for (const { url, codes, isNamed, isRetired } of page.valueSets) {
    const before = earlier.page.valueSets.find((one) => one.url === url)?.codes ?? 0
    if (!isNamed || codes * 2 >= before) continue
    const held = `version ${earlier.version} has ${before.toLocaleString('en-US')} in it`
    if (codes > 0)
      found.warnings.push({
        subject: url,
        message: `The value set holds ${codes} ${codes === 1 ? 'code' : 'codes'}; ${held}. Compare the two versions.`,
      })
    else if (isRetired)
      found.warnings.push({
        subject: url,
        message: `Its publisher retired the value set; it holds no code, and ${held}. Nothing can be in it any more.`,
      })
    else
      found.problems.push({
        subject: url,
        message: `The value set holds no code, and ${held}. Ask its publisher for its expansion. If it was taken out of use, its status has to say so: retired.`,
      })
  }
  return found
}

/** Which files of two packages differ, by name. Null: none do, so that they are one version. */
export function filesThatDiffer(one: PackagePage, other: PackagePage): string | null {
  const files = (page: PackagePage): Map<string, string> =>
    new Map([
      ['the Measure', page.measureHash],
      ...page.libraries.map(({ name, hash }): [string, string] => [`library ${name}`, hash]),
      ...page.valueSets.map(({ url, hash }): [string, string] => [`value set ${url}`, hash]),
    ])
  const [here, there] = [files(one), files(other)]
  const names = [...new Set([...here.keys(), ...there.keys()])].filter((name) => here.get(name) !== there.get(name))
  if (names.length === 0) return null
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
