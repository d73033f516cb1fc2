import { entities } from '@carecommons/domain'
import { Migrator } from '@mikro-orm/migrations'
import { defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql'
import { QUEUE_SCHEMA } from './logins.ts'
import { migrations } from './migrations/index.ts'

/** The ORM over one server; opens no connection until it is used. */
export function openOrm(url: string, pool: { max: number } = { max: 10 }) {
  return new MikroORM(ormOptions(url, pool))
}

const ormOptions = (url: string, pool: { max: number }): Options =>
  defineConfig({
    clientUrl: url,
    entities: [...entities],
    extensions: [Migrator],
    forceUtcTimezone: true,
    pool: { max: pool.max },
    // Rather an answer that says "busy" than a request that waits for ever.
    driverOptions: { connectionTimeoutMillis: 10_000 },
    discovery: { warnWhenNoEntities: true },
    schemaGenerator: {
      // Foreign keys of tenant tables start with practice_id; the migrations declare them.
      createForeignKeyConstraints: false,
      skipTables: [/^pg_stat_statements/],
      ignoreSchema: [QUEUE_SCHEMA],
    },
    migrations: {
      migrationsList: migrations,
      snapshot: false,
      silent: true,
      transactional: true,
      allOrNothing: true,
      tableName: 'migration',
    },
  })
