import { createRequire } from 'node:module'
import { SystemModelInfoProvider } from '@cqframework/cql/cql'
import {
  CqlCompilerOptions,
  CqlTranslator,
  LibraryBuilder,
  LibraryManager,
  ModelManager,
  createLibrarySourceProvider,
  createModelInfoProvider,
  createUcumService,
  stringAsSource,
} from '@cqframework/cql/cql-to-elm'
import { fhirHelpers } from './fhir-helpers.ts'
import { fhirModelText } from './fhir-model.ts'
import { libraryHeader, withoutNamespaces, type ElmLibrary, type Translation, type TranslationProblem } from './translation.ts'
import { problemsIn } from './translation-problem.ts'
import { trimElm } from './trim-elm.ts'

const require = createRequire(import.meta.url)

/**
 * Translates CQL libraries in this thread. The translator keeps what it translated for ever, so call it
 * through `translate`, which runs it in a thread of its own.
 */
export function translateHere(texts: readonly string[]): Translation {
  const sources = new Map(texts.map((text) => [libraryHeader(text).name, withoutNamespaces(text)]))
  const manager = libraryManager(new Map([['FHIRHelpers', fhirHelpers()], ...sources]))
  const libraries = new Map<string, ElmLibrary>()
  const problems = new Map<string, TranslationProblem>()
  const keep = (json: string, name: string): void => {
    const { library } = JSON.parse(json) as { library: ElmLibrary & { annotation?: unknown[] } }
    for (const problem of problemsIn(library.annotation ?? [], name)) problems.set(JSON.stringify(problem), problem)
    libraries.set(name, trimElm(library))
  }
  for (const [name, text] of sources) {
    if (libraries.has(name)) continue
    const translator = CqlTranslator.fromText(text, manager)
    keep(translator.toJson(), name)
    for (const [identifier, included] of translator.libraries.asJsReadonlyMapView()) {
      if (included && identifier.id && !libraries.has(identifier.id)) keep(CqlTranslator.convertToJson(included), identifier.id)
    }
  }
  if (problems.size === 0) return { ok: true, libraries: [...libraries.values()] }
  return { ok: false, problems: [...problems.values()].sort(byPlace) }
}

/** Translates libraries one by one in this thread, beside others that stay the same and are translated once: after the first it takes tens of milliseconds. */
export function openTranslator(others: readonly string[]): (text: string) => Translation {
  const manager = libraryManager(
    new Map([['FHIRHelpers', fhirHelpers()], ...others.map((text) => [libraryHeader(text).name, withoutNamespaces(text)] as const)]),
  )
  return (text) => {
    const { name } = libraryHeader(text)
    const translator = CqlTranslator.fromText(withoutNamespaces(text), manager)
    const { library } = JSON.parse(translator.toJson()) as { library: ElmLibrary & { annotation?: unknown[] } }
    const problems = problemsIn(library.annotation ?? [], name).sort(byPlace)
    if (problems.length > 0) return { ok: false, problems }
    const included = [...translator.libraries.asJsReadonlyMapView()].flatMap(([, one]) =>
      one ? [(JSON.parse(CqlTranslator.convertToJson(one)) as { library: ElmLibrary }).library] : [],
    )
    const all = new Map([library, ...included].map((one) => [one.identifier.id, trimElm(one)]))
    return { ok: true, libraries: [...all.values()] }
  }
}

const byPlace = (a: TranslationProblem, b: TranslationProblem): number =>
  a.library.localeCompare(b.library) || a.line - b.line || a.column - b.column

function libraryManager(sources: ReadonlyMap<string, string>): LibraryManager {
  const models = new ModelManager()
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider())
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((id): unknown => (id === 'FHIR' ? stringAsSource(fhirModelText()) : null)),
  )
  const libraries = new LibraryManager(models, compilerOptions(), undefined, ucumService())
  const textOf = (id: string): unknown => {
    const text = sources.get(id)
    return text === undefined ? null : (stringAsSource(text) as unknown)
  }
  libraries.librarySourceLoader.registerProvider(createLibrarySourceProvider(textOf))
  return libraries
}

function compilerOptions(): CqlCompilerOptions {
  const options = CqlCompilerOptions.defaultOptions()
  const names = ['EnableLocators', 'EnableResultTypes', 'DisableListDemotion', 'DisableListPromotion']
  options.setOptions(names.map((name) => CqlCompilerOptions.Options.valueOf(name)))
  // Signatures let an engine pick an overload without looking at values.
  options.signatureLevel = LibraryBuilder.SignatureLevel.valueOf('All')
  return options
}

interface Ucum {
  convertUnitTo(from: string, value: number, to: string): { status: string; toVal: number; msg: string[] }
  validateUnitString(unit: string): { status: string }
}

function ucumService(): unknown {
  const { UcumLhcUtils } = require('@lhncbc/ucum-lhc') as { UcumLhcUtils: { getInstance(): Ucum } }
  const ucum = UcumLhcUtils.getInstance()
  const unsupported = (): never => {
    throw new Error('Arithmetic on units is not used while translating.')
  }
  return createUcumService(
    (value, from, to) => {
      const converted = ucum.convertUnitTo(from, Number(value), to)
      if (converted.status !== 'succeeded') throw new Error(converted.msg.join(' '))
      return String(converted.toVal)
    },
    (unit) => (ucum.validateUnitString(unit).status === 'valid' ? null : `${unit} is not a UCUM unit`),
    unsupported,
    unsupported,
  )
}
