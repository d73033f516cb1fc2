import type { DocumentNode } from 'graphql'
import { formatDocument, stringifyDocument } from 'urql'
import { documentId } from './lib/document-id.ts'
import { known } from './lib/graphql.ts'

// Loading a module makes its documents known.
import.meta.glob(['./app/**/*.{ts,tsx}', './features/**/*.{ts,tsx}', './lib/**/*.ts', './shells/**/*.{ts,tsx}', '!./**/*.test.ts'], {
  eager: true,
})

/** Every operation that the web can send, by the id it sends instead. */
export const documents: Readonly<Record<string, string>> = Object.fromEntries(
  [...known].flatMap((document) => {
    const name = operationName(document)
    if (!name) return []
    const sent = formatDocument(document)
    return [[documentId(sent, name), stringifyDocument(sent)]]
  }),
)

function operationName(document: DocumentNode): string | undefined {
  for (const definition of document.definitions)
    if ((definition.kind as string) === 'OperationDefinition' && 'name' in definition) return definition.name?.value
  return undefined
}
