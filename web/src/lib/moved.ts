import { useEffect, useRef } from 'react'
import { type Client, type OperationResult, useClient } from 'urql'
import { filter, makeSubject, map, onEnd, pipe, type Source, subscribe, takeUntil, tap } from 'wonka'
import { graphql } from './graphql.ts'

const Charts = graphql(`
  subscription Moved_charts {
    chartsMoved {
      patientIds
    }
  }
`)
const Region = graphql(`
  subscription Moved_region {
    regionMoved {
      patientIds
    }
  }
`)
const Runs = graphql(`
  subscription Moved_runs {
    runsMoved {
      patientIds
    }
  }
`)

/** What can be watched: the charts in reach, the region's figures, metric runs. */
type What = 'charts' | 'region' | 'runs'
/** Charts that moved; null: any. */
type Moved = readonly string[] | null
type Listener = (moved: Moved) => void

/** A page that is looked at asks anew at most so often. */
const ASK_EVERY_MS = 1000
/** A watch that ended is begun again after this. */
const AGAIN_MS = 2000

/**
 * Calls `onMoved` when something moved that the page shows, so that it can ask anew: what moved is not told. Only while somebody can see the
 * page, whose browser holds few connections to one service.
 */
export function useMoved(what: What, onMoved: Listener, active = true): void {
  const client = useClient()
  const latest = useRef(onMoved)
  useEffect(() => {
    latest.current = onMoved
  })
  useEffect(() => {
    if (!active) return
    let waiting: Moved | undefined
    let timer: number | undefined
    const ask = () => {
      timer = undefined
      if (waiting === undefined) return
      const moved = waiting
      waiting = undefined
      timer = window.setTimeout(ask, ASK_EVERY_MS)
      latest.current(moved)
    }
    const stop = watchOf(client, what).listen((moved) => {
      waiting = waiting === undefined ? moved : waiting && moved && [...waiting, ...moved]
      if (timer === undefined) ask()
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client, what, active])
}

interface Watch {
  listen(listener: Listener): () => void
}

const watches = new WeakMap<Client, Map<What, Watch>>()

/** One connection for all that a page shows. */
function watchOf(client: Client, what: What): Watch {
  const of = watches.get(client) ?? new Map<What, Watch>()
  watches.set(client, of)
  const watch = of.get(what) ?? openWatch(client, what)
  of.set(what, watch)
  return watch
}

const resultsOf: Record<What, (client: Client) => Source<OperationResult<Moved>>> = {
  charts: (client) => moved(client.subscription(Charts, {}), ({ chartsMoved }) => chartsMoved.patientIds),
  region: (client) => moved(client.subscription(Region, {}), ({ regionMoved }) => regionMoved.patientIds),
  runs: (client) => moved(client.subscription(Runs, {}), ({ runsMoved }) => runsMoved.patientIds),
}

const moved = <Data>(results: Source<OperationResult<Data>>, idsIn: (data: Data) => Moved): Source<OperationResult<Moved>> =>
  pipe(
    results,
    map((result) => ({ ...result, data: result.data ? idsIn(result.data) : undefined }) as OperationResult<Moved>),
  )

function openWatch(client: Client, what: What): Watch {
  const listeners = new Set<Listener>()
  let isRefused = false
  let stop: (() => void) | undefined
  let again: number | undefined
  let wasOpen = false

  const begin = () => {
    clearTimeout(again)
    if (stop || isRefused || listeners.size === 0 || document.visibilityState !== 'visible') return
    const over = makeSubject<void>()
    let isFirst = true
    stop = () => {
      stop = undefined
      over.next()
    }
    pipe(
      resultsOf[what](client),
      tap(({ error }) => void (isRefused ||= error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'FORBIDDEN') ?? false)),
      filter(({ data }) => data !== undefined),
      takeUntil(over.source),
      onEnd(() => {
        // Ended from the other side: by a restart, a lock, another reach.
        if (!stop) return
        stop = undefined
        again = window.setTimeout(begin, AGAIN_MS)
      }),
      subscribe(({ data = null }) => {
        // The first says that the watch stands: what moved while it did not is not known.
        const told = isFirst ? null : data
        const isNews = !isFirst || wasOpen
        isFirst = false
        wasOpen = true
        if (isNews) for (const listener of listeners) listener(told)
      }),
    )
  }
  const look = () => (document.visibilityState === 'visible' ? begin() : stop?.())
  return {
    listen(listener) {
      if (listeners.size === 0) document.addEventListener('visibilitychange', look)
      listeners.add(listener)
      begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        document.removeEventListener('visibilitychange', look)
        clearTimeout(again)
        stop?.()
        wasOpen = false
      }
    },
  }
}
