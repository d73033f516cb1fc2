import { readFileSync } from 'node:fs'
import type { RequestHandler } from 'express'
import { refuse } from './caller-checks.ts'

/** Texts of the built web's operations, by the id it sends instead. */
export type Documents = Readonly<Record<string, string>>

export const readDocuments = (file: string): Documents =>
  Object.assign(Object.create(null) as Documents, JSON.parse(readFileSync(file, 'utf8')) as Documents)

/**
 * Puts the text of a named operation in its place. `only`: a browser may send nothing else; programs that sign in with a token of their own
 * write their own documents.
 */
export const namedDocuments = (documents: Documents, only: boolean): RequestHandler =>
  function nameDocument(request, response, next) {
    const body = (request.body ?? {}) as { query?: unknown; extensions?: { persistedQuery?: { sha256Hash?: unknown } } }
    const id = body.extensions?.persistedQuery?.sha256Hash
    if (id === undefined || body.query !== undefined) {
      if (only && request.headers.authorization === undefined) return refuse(response, 400, UNNAMED, 'PERSISTED_QUERY_ONLY')
      return next()
    }
    const text = typeof id === 'string' ? documents[id] : undefined
    if (text === undefined) return refuse(response, 400, UNKNOWN, 'PERSISTED_QUERY_NOT_FOUND')
    const { extensions: _named, ...rest } = body
    request.body = { ...rest, query: text }
    next()
  }

const UNNAMED = 'Operations of the web are sent by name here.'
const UNKNOWN = 'This page is older or newer than the service. Load it again.'
