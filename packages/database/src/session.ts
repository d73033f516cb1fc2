import { type Scope, sessionContext } from '@carecommons/access'
import type { Tables } from '@carecommons/domain'
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import type { Kysely } from 'kysely'
import { openOrm } from './orm.ts'

/** One transaction under one scope. */
export interface Tx {
  readonly db: Kysely<Tables>
  readonly em: EntityManager
}

/** The only way to the data: every statement runs in a transaction whose role and settings come from a scope. */
export interface Database {
  within<T>(scope: Scope, work: (tx: Tx) => Promise<T>, options?: { readOnly?: boolean }): Promise<T>
  close(): Promise<void>
}

/** `url` signs in as the application's login, never as the owner. */
export function openDatabase(url: string, pool: { max: number } = { max: 10 }): Database {
  const orm: MikroORM = openOrm(url, pool)
  return {
    within(scope, work, options = {}) {
      const { role, variables } = sessionContext(scope)
      const em = orm.em.fork() as EntityManager
      em.setSessionContext({ role, variables: { ...variables } })
      return em.transactional((inner) => work({ db: inner.getKysely<Tables>(), em: inner as EntityManager }), {
        readOnly: options.readOnly ?? false,
      })
    },
    close: () => orm.close(),
  }
}
