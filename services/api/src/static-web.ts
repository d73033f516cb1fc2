import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'

/**
 * The built web: assets carry their hash in the name and never change; every page is the same document, with status 404 where the
 * web has no such page: it says so itself. A name with a dot is a file, and a file that is not there is a 404.
 */
export function staticWeb(folder: string): RequestHandler {
  const router = Router()
  const isPage = pagesOf(JSON.parse(readFileSync(join(folder, 'addresses.json'), 'utf8')) as string[])
  router.use(compressed(folder))
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }))
  router.use(express.static(folder, { index: false, setHeaders: (response) => response.setHeader('cache-control', 'no-cache') }))
  router.get('/{*path}', (request, response, next) => {
    if (/\.[^/]*$/.test(request.path) || !request.accepts('html')) return next()
    response.status(isPage(request.path) ? 200 : 404)
    response.setHeader('cache-control', 'no-cache')
    response.sendFile(join(folder, 'index.html'), { cacheControl: false })
  })
  return router
}

/** Tells whether one of these addresses, in which `:name` stands for one part, is meant. */
function pagesOf(addresses: readonly string[]): (path: string) => boolean {
  const pages = addresses.map((address) => address.split('/'))
  return (path) => {
    const parts = (path.length > 1 ? path.replace(/\/$/, '') : path).split('/')
    return pages.some(
      (page) => page.length === parts.length && page.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at])),
    )
  }
}

/** Hands out the copy that the build compressed beside a file, to whoever takes it. */
function compressed(folder: string): RequestHandler {
  const present = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `/${name}`))
  return (request, response, next) => {
    const { path } = request
    const copies = COPIES.filter(({ ending }) => present.has(path + ending))
    if (copies.length === 0) return next()
    response.vary('accept-encoding')
    const copy = copies.find(({ encoding }) => request.acceptsEncodings(encoding))
    if (copy) {
      response.type(extname(path))
      response.setHeader('content-encoding', copy.encoding)
      request.url = request.url.replace(path, path + copy.ending)
    }
    next()
  }
}

/** Smallest first. */
const COPIES = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
]
