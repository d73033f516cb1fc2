import { libraryHeader } from '../front-end/translation.ts'
import type { FhirLibrary } from './measure-package.ts'
import { attachment, isText } from './package-content.ts'
import type { PackageProblem } from './package-problem.ts'

/** Why libraries that come as CQL only cannot be translated, or not be told apart afterwards. */
export function cqlFindings(untranslated: readonly FhirLibrary[]): PackageProblem[] {
  const texts = new Map<string, string>()
  return untranslated.flatMap((library) => {
    const say = (message: string): PackageProblem[] => [{ subject: library.name ?? library.id, message }]
    const text = attachment(library, 'text/cql') ?? ''
    if (!isText(library, 'text/cql')) return say('Its CQL is not UTF-8 text. Save it in UTF-8.')
    if (text.trim() === '') return say('Its CQL is empty. Ask its publisher for the text, or for its ELM.')
    const { name } = libraryHeader(text)
    if (name === '(unnamed)') return say("Its CQL does not say its name. It begins with: library NameOfTheLibrary version '1.0.0'.")
    const known = texts.get(name)
    texts.set(name, text)
    if (known !== undefined && known !== text)
      return say(`The package holds the CQL of ${name} several times, and they differ. Take one, or bring each as ELM.`)
    return []
  })
}
