import type { Bulk } from '#shared/bulk'
import { CopyRows } from './copy-rows.ts'

/**
 * What a batch looks like on its way into the database. Moments, days and decimals travel as text: PostgreSQL reads them when they land,
 * in the region's time zone.
 */
const tables = {
  incoming: {
    line: 'int',
    type: 'text',
    fhir_id: 'text',
    patient_ref: 'text',
    practice_id: 'uuid',
    hash: 'bytea',
    codes: 'int[]',
    first_day: 'date',
    last_day: 'date',
    sensitivity: 'text',
    content: 'text',
  },
  incoming_fact: {
    line: 'int',
    part: 'smallint',
    code_id: 'int',
    category: 'text',
    status: 'text',
    verification: 'text',
    starts_at: 'text',
    ends_at: 'text',
    starts_on: 'text',
    value: 'text',
    comparator: 'text',
    unit: 'text',
    value_code_id: 'int',
    value_text: 'text',
  },
  incoming_payer: { line: 'int', part: 'smallint', starts_on: 'text', ends_on: 'text', payer_id: 'uuid' },
  incoming_patient: {
    line: 'int',
    practice_id: 'uuid',
    new_id: 'uuid',
    new_person_id: 'uuid',
    fhir_id: 'text',
    family_name: 'text',
    given_name: 'text',
    birth_date: 'text',
    gender: 'text',
    deceased: 'boolean',
    deceased_on: 'text',
    record_number: 'text',
    phone: 'text',
    address: 'text',
    postal_code: 'text',
    clinician: 'text',
    keys: 'bytea[]',
    terms: 'text[]',
    hash: 'bytea',
    content: 'text',
  },
  incoming_directory: { line: 'int', type: 'text', fhir_id: 'text', name: 'text', hash: 'bytea', content: 'text' },
} as const

export type StagingTable = keyof typeof tables

export const stagingColumns = (table: StagingTable): string[] => Object.keys(tables[table])

export type StagedRows = Readonly<Record<StagingTable, CopyRows>>

/** Rows for one batch after the other: a batch takes megabytes, and to make and forget them each time would cost more than to fill them. */
export class RowsInStock {
  readonly #stock: StagedRows[] = []

  take(): StagedRows {
    const rows = this.#stock.pop()
    if (rows) return rows
    const entries = Object.keys(tables).map((table) => [table, new CopyRows(stagingColumns(table as StagingTable).length)])
    return Object.fromEntries(entries) as Record<StagingTable, CopyRows>
  }

  giveBack(rows: StagedRows): void {
    for (const table of Object.values(rows)) table.clear()
    this.#stock.push(rows)
  }
}

/** On a connection that loads now and then. */
export async function prepareStaging(bulk: Bulk): Promise<void> {
  const [present] = await bulk.query<{ is: boolean }>(`select to_regclass('pg_temp.incoming') is not null as is`)
  if (!present!.is) await createStaging(bulk)
}

/**
 * Temporary tables of one loading connection, emptied by every commit: COPY cannot write a table under row-level security. A batch fits
 * into their buffers, and records into their rows: they are cut into pieces once, where they land.
 */
export const createStaging = (bulk: Bulk): Promise<object[]> =>
  bulk.query(`
    set temp_buffers = '64MB';
    ${Object.entries(tables)
      .map(([name, columns]) => createTable(name, columns))
      .join('\n')}
    ${createTable('outcome', { line: 'int', type: 'text', change: 'text', practice_id: 'uuid', patient_id: 'uuid', fhir_id: 'text', sensitivity: 'text', earlier_sensitivity: 'text' })}
    ${createTable('linking', { patient_id: 'uuid', root: 'int' })}
    ${createTable('moved', { line: 'int', practice_id: 'uuid', patient_id: 'uuid', type: 'text', fhir_id: 'text', sensitivity: 'text', older: 'boolean' })}`)

function createTable(name: string, columns: Readonly<Record<string, string>>): string {
  const list = Object.entries(columns).map((column) => column.join(' '))
  const storage = 'content' in columns ? `alter table ${name} alter column content set storage external;` : ''
  return `create temporary table ${name} (${list.join(', ')}) with (toast_tuple_target = 8160) on commit delete rows; ${storage}`
}
