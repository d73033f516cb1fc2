import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from './entities.ts'

/** Where a value of a statement goes; its type is the column's. */
export type Mark<Name extends string> = <Value>(name: Name) => RawBuilder<Value>

class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A statement whose text never changes, for what every request asks: putting the text together costs as much as what else a request does with
 * the statement. It is put together the first time, with marks where its values go.
 */
export function compiledOnce<const Name extends string, Row>(
  build: (db: Kysely<Tables>, mark: Mark<Name>) => Compilable<Row>,
): (db: Kysely<Tables>, values: Readonly<Record<Name, unknown>>) => Compilable<Row> {
  let compiled: CompiledQuery<Row> | undefined
  return (db, values) => {
    const statement = (compiled ??= build(db, (name) => sql`${new Place(name)}`).compile())
    const parameters = statement.parameters.map((value) => (value instanceof Place ? values[value.name as Name] : value))
    return { compile: () => ({ ...statement, parameters }) }
  }
}
