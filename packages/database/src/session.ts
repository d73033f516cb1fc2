import { sessionContext } from '@carecommons/access'
import type { Sessions, Tables } from '@carecommons/domain'
import { type EntityManager, IsolationLevel } from '@mikro-orm/postgresql'
import { openOrm } from './orm.ts'

export interface Database extends Sessions {
  close(): Promise<void>
}

/** `url` signs in as the application's login, never as the owner. */
export function openDatabase(url: string, pool: { max: number } = { max: 10 }): Database {
  const orm = openOrm(url, pool)
  return {
    within(scope, work, options = {}) {
      const { role, variables } = sessionContext(scope)
      const em = orm.em.fork() as EntityManager
      // The role travels with the settings, in one round trip: set_config('role', ..., true) is `set local role`.
      em.setSessionContext({ variables: { ...variables, role } })
      return em.transactional((inner) => work({ db: inner.getKysely<Tables>(), em: inner as EntityManager }), {
        readOnly: options.readOnly ?? false,
        ...(options.snapshot ? { isolationLevel: IsolationLevel.REPEATABLE_READ } : {}),
      })
    },
    close: () => orm.close(),
  }
}
