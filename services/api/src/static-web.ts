import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'

/** The built web: assets carry their hash in the name and never change; every other page is the same document. */
export function staticWeb(folder: string): RequestHandler {
  const router = Router()
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }))
  router.use(express.static(folder, { index: false, setHeaders: (response) => response.setHeader('cache-control', 'no-cache') }))
  router.get('/{*path}', (request, response, next) => {
    if (!request.accepts('html')) return next()
    response.setHeader('cache-control', 'no-cache')
    response.sendFile(join(folder, 'index.html'), { cacheControl: false })
  })
  return router
}
