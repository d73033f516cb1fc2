import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '@carecommons/database'
import { type Moved, type Movement, type Movements, type Watcher } from '@carecommons/domain/graphql'
import { GraphQLError } from 'graphql'
import { HURRIED } from './guard-doors.ts'

/** A change follows within two seconds, and a thousand results that come in together are one reason to look, not a thousand. */
const TOGETHER_MS = 250
/** A membership that ended is noticed within five seconds. */
const ASK_EVERY_MS = 4000
/** Tabs of one person on several screens. */
const MOST_WATCHES = 20

/** What any process says moved, for those who watch at this one. */
export function openMovements(database: Pick<Database, 'listen'>): Movements & { close(): Promise<void> } {
  const watches = new Set<Watch>()
  const listening = database.listen(
    (payload) => {
      const movement = movementIn(payload)
      for (const watch of watches) movement ? watch.hear(movement) : watch.miss()
    },
    () => {
      for (const watch of watches) watch.miss()
    },
  )
  return {
    watch(watcher) {
      const own = watches.values().filter((watch) => watch.userId === watcher.userId)
      if ([...own].length >= MOST_WATCHES) throw new GraphQLError(HURRIED, { extensions: { code: 'RATE_LIMITED' } })
      const watch = openWatch(watcher, () => watches.delete(watch))
      watches.add(watch)
      return watch.values()
    },
    async close() {
      for (const watch of watches) watch.end()
      await listening.close()
    },
  }
}

/** Null for what cannot be read, as from a process of another version: something moved. */
function movementIn(payload: string): Movement | null {
  try {
    const told = JSON.parse(payload) as Movement | null
    return told?.what === 'figures' || told?.what === 'runs' ? told : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface Watch {
  readonly userId: string
  hear(movement: Movement): void
  miss(): void
  end(): void
  values(): AsyncIterableIterator<Moved>
}

function openWatch(watcher: Watcher, onOver: () => void): Watch {
  // The first value says that the watch stands.
  let waiting: Moved | null = { patientIds: [] }
  let isOver = false
  let toldAt = -TOGETHER_MS
  const over = Promise.withResolvers<void>()
  let news = Promise.withResolvers<void>()
  const end = () => {
    isOver = true
    clearInterval(asking)
    onOver()
    over.resolve()
  }
  // A database that cannot be asked is no reason to go on.
  const asking = setInterval(() => void watcher.mayGoOn().then((may) => may || end(), end), ASK_EVERY_MS)
  const add = (moved: Moved) => {
    waiting = waiting === null ? moved : together(waiting, moved)
    news.resolve()
  }
  const values: AsyncIterableIterator<Moved> = {
    [Symbol.asyncIterator]: () => values,
    async next() {
      if (waiting === null) {
        news = Promise.withResolvers()
        await Promise.race([news.promise, over.promise])
      }
      await Promise.race([pause(Math.max(0, toldAt + TOGETHER_MS - performance.now())), over.promise])
      if (isOver || waiting === null) return { done: true, value: undefined }
      const value = waiting
      waiting = null
      toldAt = performance.now()
      return { done: false, value }
    },
    async return() {
      end()
      return { done: true, value: undefined }
    },
  }
  return {
    userId: watcher.userId,
    hear(movement) {
      const moved = watcher.tell(movement)
      if (moved) add(moved)
    },
    miss: () => add({ patientIds: null }),
    end,
    values: () => values,
  }
}

const together = (one: Moved, other: Moved): Moved => ({
  patientIds: one.patientIds && other.patientIds && [...new Set([...one.patientIds, ...other.patientIds])],
})
