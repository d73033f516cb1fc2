import type { OpenSession } from '@carecommons/domain/graphql'
import type { Request } from 'express'

const systems = new WeakMap<Request, OpenSession>()

/** The system whose live token came with a request; null for requests without a token. */
export const systemBehind = (request: Request): OpenSession | null => systems.get(request) ?? null

export const putBehind = (request: Request, system: OpenSession): void => void systems.set(request, system)
