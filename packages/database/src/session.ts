import { type Scope, sessionContext } from '@carecommons/access'
import type { BulkConnection, Sessions, Tables, TxOptions } from '@carecommons/domain'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Kysely } from 'kysely'
import { escapeLiteral } from 'pg'
import { openBulk } from './bulk.ts'
import { type Listening, listenTo } from './listen.ts'
import { movementsChannel } from './movements-channel.ts'
import { openOrm } from './orm.ts'
import { openPool } from './pool.ts'
import { type OpenTransaction, openTransaction } from './transaction.ts'

export interface Database extends Sessions {
  /** A connection of its own for loading records. */
  openBulk(): Promise<BulkConnection>
  /** Hears which movements any process tells of; `onGap` when something may have been missed. */
  listen(hear: (payload: string) => void, onGap: () => void): Listening
  close(): Promise<void>
}

/** `url` signs in as the application's login, never as the owner. */
export function openDatabase(url: string, { max }: { max: number } = { max: 10 }): Database {
  const orm = openOrm(url)
  const pool = openPool(url, max)
  const channel = movementsChannel(url)
  // A request that reads a chart outside of its reach holds a connection already: waiting for a second one of the same pool, many such
  // requests would wait for each other.
  let guests: ReturnType<typeof openPool> | undefined
  const poolFor = (scope: Scope) => (scope.kind === 'grantee' ? (guests ??= openPool(url, Math.min(max, 3))) : pool)

  async function inTransaction<T>(scope: Scope, options: TxOptions, work: (transaction: OpenTransaction) => Promise<T>): Promise<T> {
    const client = await poolFor(scope).connect()
    const transaction = openTransaction(client, beginning(scope, channel, options))
    let isUseless = false
    try {
      return await work(transaction)
    } catch (error) {
      await transaction.rollback().catch(() => (isUseless = true)) // the error that led here says more
      throw error
    } finally {
      client.release(isUseless)
    }
  }

  const entitiesOver = (db: Kysely<Tables>): EntityManager => {
    const em = orm.em.fork() as EntityManager
    em.setTransactionContext(db)
    return em
  }

  return {
    within: (scope, work, options = {}) =>
      inTransaction(scope, options, async ({ db, commit }) => {
        let em: EntityManager | undefined
        const result = await work({
          db,
          get em() {
            return (em ??= entitiesOver(db))
          },
        })
        await commit()
        return result
      }),
    once: (scope, statement) =>
      inTransaction(scope, {}, async ({ db, commit }) => {
        // The end is sent behind the statement, in the same packet.
        const [{ rows }] = await Promise.all([db.executeQuery(statement(db)), commit()])
        return rows
      }),
    openBulk: () => openBulk(url),
    listen: (hear, onGap) => listenTo(url, channel, hear, onGap),
    async close() {
      await orm.close()
      await Promise.all([pool.end(), guests?.end()])
    },
  }
}

/** The role travels with the settings: set_config('role', ..., true) is `set local role`. */
function beginning(scope: Scope, channel: string, { readOnly, snapshot }: TxOptions): string {
  const { role, variables } = sessionContext(scope)
  const settings = Object.entries({ ...variables, ...(scope.kind === 'worker' && { 'commons.movements': channel }), role }).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  )
  return `begin${snapshot ? ' isolation level repeatable read' : ''}${readOnly ? ' read only' : ''}; select ${settings.join(', ')}`
}
