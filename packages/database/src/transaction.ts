import type { Tables } from '@carecommons/domain'
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
} from 'kysely'
import type { PoolClient, QueryConfig } from 'pg'
import { statementName } from './statement-name.ts'

/** A transaction on a connection that is lent to it alone. */
export interface OpenTransaction {
  readonly db: Kysely<Tables>
  /** Ends it behind all that was sent. Throws the first thing that went wrong, also where nobody waited for it. */
  commit(): Promise<void>
  /** Throws when the connection is of no use any more. */
  rollback(): Promise<void>
}

/** Sends `beginning` together with the first statement: nobody waits for its answer alone. */
export function openTransaction(client: PoolClient, beginning: string): OpenTransaction {
  let isOver = false
  let failure: { readonly error: unknown } | undefined
  const send = async (query: QueryConfig | string) => {
    sendTogether(client)
    try {
      return await client.query(query)
    } catch (error) {
      // Everything after the first failure fails too, and says less about it.
      failure ??= { error }
      throw failure.error
    }
  }
  const begun = send(beginning)
  begun.catch(() => undefined) // told by whatever is sent behind it
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery) {
      if (isOver) throw new Error('The transaction is over.')
      const { rows, rowCount, command } = await send({ ...statementName(sql), text: sql, values: [...parameters] })
      return { rows: rows as Row[], ...(CHANGES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
    },
    streamQuery() {
      throw new Error('Rows are read whole.')
    },
  }
  return {
    db: queriesOver(connection),
    async commit() {
      isOver = true
      const { command } = await send('commit')
      if (failure) throw failure.error
      if (command !== 'COMMIT') throw new Error('The transaction did not stand.')
    },
    async rollback() {
      isOver = true
      await client.query('rollback')
    },
  }
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** All that is sent to a server in one turn of the event loop leaves as one packet: each is a system call here and a wake-up there. */
function sendTogether(client: PoolClient): void {
  if (held.has(client)) return
  held.add(client)
  const { stream } = client.connection
  stream.cork()
  setImmediate(() => {
    held.delete(client)
    stream.uncork()
  })
}
const held = new WeakSet<PoolClient>()

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const driver = new DummyDriver()
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}

/** Kysely's own way over a single connection lets each query wait for the answer to the one before. */
const queriesOver = (connection: DatabaseConnection): Kysely<Tables> =>
  new Transaction<Tables>({
    config: { dialect },
    dialect,
    driver,
    executor: new DefaultQueryExecutor(compiler, adapter, { provideConnection: (consume) => consume(connection) }),
  })
