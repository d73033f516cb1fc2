import { openDraftTranslator } from '../front-end/draft-translator.ts'
import { libraryHeader, type TranslationProblem } from '../front-end/translation.ts'
import { draftBundle, draftFindings, type DraftMeasure, namedValueSets, valueSetsIn } from './draft-package.ts'
import type { FhirValueSet, PackageBundle } from './measure-package.ts'
import { starterSources } from './starter-set.ts'
import { codesOf } from './value-set-codes.ts'

/** Where regional measures are written: on the libraries and value sets of the starter set, and the value sets of loaded packages. */
export interface DraftBench {
  /** Everything wrong with a text, by place. */
  check(cql: string, others: KnownValueSets): Promise<readonly TranslationProblem[]>
  build(draft: DraftMeasure, others: KnownValueSets): Promise<DraftBuild>
  /** What a text can name. */
  readonly vocabulary: DraftVocabulary
  close(): Promise<void>
}

/** Value sets that the starter set does not have. */
export type KnownValueSets = (urls: readonly string[]) => Promise<readonly FhirValueSet[]>

export type DraftBuild =
  { readonly ok: true; readonly bundle: PackageBundle } | { readonly ok: false; readonly problems: readonly TranslationProblem[] }

export interface DraftVocabulary {
  readonly libraries: readonly { readonly name: string; readonly version: string; readonly definitions: readonly string[] }[]
  readonly valueSets: readonly { readonly url: string; readonly title: string; readonly codes: number }[]
}

export function openDraftBench(): DraftBench {
  const { libraries: texts, valueSets: own } = starterSources()
  // Only what is meant to be built upon: the measures' own libraries are measures.
  const shared = texts.filter((text) => !/^define\s+"Initial Population"/m.test(text))
  const translator = openDraftTranslator(shared)
  const ownUrls = new Set(own.map(({ url }) => url))
  const findings = async (cql: string, others: KnownValueSets): Promise<TranslationProblem[]> => {
    const urls = valueSetsIn(cql).map(({ url }) => url)
    const more = new Set((await others(urls.filter((url) => !ownUrls.has(url)))).map(({ url }) => url))
    return draftFindings(cql, (url) => ownUrls.has(url) || more.has(url))
  }
  return {
    async check(cql, others) {
      const found = await translator.translate(cql, { check: true })
      return [...(found.ok ? [] : found.problems), ...(await findings(cql, others))]
    },
    async build(draft, others) {
      const found = await translator.translate(draft.cql)
      const problems = [...(found.ok ? [] : found.problems), ...(await findings(draft.cql, others))]
      if (!found.ok || problems.length > 0) return { ok: false, problems }
      const foreign = await others(namedValueSets(found.libraries).filter((url) => !ownUrls.has(url)))
      return { ok: true, bundle: draftBundle(draft, found.libraries, shared, [...own, ...foreign]) }
    },
    vocabulary: {
      libraries: shared.map((text) => ({
        ...{ name: libraryHeader(text).name, version: libraryHeader(text).version ?? '' },
        definitions: [...text.matchAll(/^define\s+(?:fluent\s+)?(?:function\s+)?"?([^":(]+?)"?\s*[:(]/gm)].map(([, name]) => name!),
      })),
      valueSets: own.map((valueSet) => {
        const codes = codesOf(valueSet)
        return { url: valueSet.url, title: valueSet.title ?? '', codes: Array.isArray(codes) ? codes.length : 0 }
      }),
    },
    close: () => translator.close(),
  }
}
