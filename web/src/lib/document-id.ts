import { createRequest } from 'urql'
import type { DocumentInput } from 'urql'

/** Names a document of this build: the operation's name for people who read logs, and a number that changes with every word of it. */
export const documentId = (document: DocumentInput, name: string): string => `${name}-${createRequest(document, {}).key}`
