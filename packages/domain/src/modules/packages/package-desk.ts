import { openEnginePool, type PackageOpening, type PackagePage } from '@carecommons/cql'

/** Reads packages in threads with limits of memory and time: whatever a file holds, it costs the service no more than its own refusal. */
export interface PackageDesk {
  open(bytes: Uint8Array): Promise<PackageOpening | 'busy'>
  /** The page of a package that was kept: of a hash always the same. */
  page(hash: string, bundle: () => Promise<string>): Promise<PackagePage>
  close(): Promise<void>
}

/** So many wait for the thread at most; who comes then is asked to come again. */
const MOST_WAITING = 4
const PAGES_KEPT = 24

/** Its thread starts with the first package. */
export function openPackageDesk(): PackageDesk {
  const pool = openEnginePool({ threads: 1, memoryMb: 1024, seconds: 90 })
  let waiting = 0
  const pages = new Map<string, Promise<PackagePage>>()
  const read = async (bytes: Uint8Array): Promise<PackageOpening> => {
    waiting++
    try {
      return await pool.open(bytes)
    } catch (error) {
      const why = error instanceof Error ? TOO_MUCH.exec(error.message)?.[1] : undefined
      if (why === undefined) throw error
      const message = `Reading and compiling it was given up: ${why}. Split its longest definitions, or leave out what the measure does not use.`
      return { ok: false, problems: [{ subject: 'Bundle', message }] }
    } finally {
      waiting--
    }
  }
  const makePage = async (bundle: () => Promise<string>): Promise<PackagePage> => {
    const opening = await read(Buffer.from(await bundle()))
    if (!opening.ok) throw new Error(opening.problems.map(({ message }) => message).join(' '))
    return opening.package.page
  }
  return {
    open: async (bytes) => (waiting >= MOST_WAITING ? 'busy' : read(bytes)),
    page(hash, bundle) {
      const page = pages.get(hash) ?? makePage(bundle)
      pages.delete(hash)
      pages.set(hash, page)
      page.catch(() => pages.delete(hash))
      const [oldest] = pages.keys()
      if (pages.size > PAGES_KEPT && oldest !== undefined) pages.delete(oldest)
      return page
    },
    close: () => pool.close(),
  }
}

/** What a pool says of a thread that was lost. */
const TOO_MUCH = /^An engine thread stopped while it read a package: (.*)\.$/
