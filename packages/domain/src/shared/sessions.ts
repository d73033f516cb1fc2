import type { Scope } from '@carecommons/access'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Compilable, Kysely } from 'kysely'
import type { Tables } from './entities.ts'

/** One transaction under one scope. Lists read raw rows through `db`; `em` is for changing things. */
export interface Tx {
  readonly db: Kysely<Tables>
  readonly em: EntityManager
}

/** The only way to the data: every statement runs in a transaction whose role and settings come from a scope. */
export interface Sessions {
  within<T>(scope: Scope, work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>
  /** One statement in a transaction of its own: begin, statement and end in one round trip. */
  once<Row>(scope: Scope, statement: (db: Kysely<Tables>) => Compilable<Row>): Promise<Row[]>
}

export interface TxOptions {
  readonly readOnly?: boolean
  /** Every statement sees what stood when the first one began (repeatable read): for answers put together from several. */
  readonly snapshot?: boolean
}
