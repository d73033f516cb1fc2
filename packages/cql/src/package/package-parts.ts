import { canonicalHash } from './canonical-json.ts'
import type { MeasurePackage } from './measure-package.ts'
import { dependencies, packageContent } from './package-content.ts'
import { codesOf } from './value-set-codes.ts'

export interface PackageParts {
  /** Of what the Measure itself says. */
  readonly measureHash: string
  /** In the order in which the measure reaches them, its own first. */
  readonly libraries: readonly LibraryPart[]
  readonly valueSets: readonly ValueSetPart[]
}

export interface LibraryPart {
  readonly name: string
  readonly version: string
  readonly hash: string
  readonly definitions: readonly {
    readonly name: string
    /** As the translator wrote it; null where it did not. */ readonly type: string | null
  }[]
}

export interface ValueSetPart {
  readonly url: string
  /** As it calls itself, else as the logic calls it. */
  readonly title: string
  readonly codes: number
  readonly hash: string
  /** Whether the logic names it. */
  readonly isNamed: boolean
  /** Whether its publisher took it out of use. */
  readonly isRetired: boolean
  /** Why its codes cannot be relied on. */
  readonly note: string | null
}

/** Of what a package is made. */
export function packageParts({ bundle }: MeasurePackage): PackageParts {
  const content = packageContent(bundle)
  const libraries = dependencies(content, content.measures[0]!)
  const named = new Map(libraries.flatMap(({ elm }) => (elm?.valueSets?.def ?? []).map(({ id, name }) => [id.split('|')[0]!, name])))
  return {
    measureHash: canonicalHash(content.measures[0]!),
    libraries: libraries.map(({ resource, elm }) => ({
      ...{ name: resource.name, version: resource.version ?? '', hash: canonicalHash(resource) },
      definitions: (elm?.statements?.def ?? [])
        .filter(({ type, name }) => type !== 'FunctionDef' && name !== 'Patient')
        .map((definition) => ({ name: definition.name, type: typeIn(definition as unknown as Typed) })),
    })),
    valueSets: content.valueSets.map((valueSet) => {
      const codes = codesOf(valueSet)
      const [count, note] = Array.isArray(codes) ? [codes.length, null] : [valueSet.expansion?.contains?.length ?? 0, codes.missing]
      return {
        ...{ url: valueSet.url, title: valueSet.title ?? named.get(valueSet.url) ?? '', codes: count, note },
        ...{ hash: canonicalHash(valueSet), isNamed: named.has(valueSet.url), isRetired: valueSet.status === 'retired' },
      }
    }),
  }
}

interface Typed {
  readonly resultTypeName?: string
  readonly resultTypeSpecifier?: Specifier
}
interface Specifier {
  readonly type?: string
  readonly name?: string
  readonly elementType?: Specifier
  readonly pointType?: Specifier
}

function typeIn({ resultTypeName, resultTypeSpecifier }: Typed): string | null {
  return resultTypeName ? local(resultTypeName) : resultTypeSpecifier ? inWords(resultTypeSpecifier) : null
}

function inWords({ type, name, elementType, pointType }: Specifier): string {
  if (name) return local(name)
  const kind = (type ?? '').replace('TypeSpecifier', '')
  const inner = elementType ?? pointType
  return inner && !Array.isArray(inner) ? `${kind}<${inWords(inner)}>` : kind
}

const local = (name: string): string => name.replace(/^\{.*\}/, '')
