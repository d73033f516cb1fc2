import { type RawBuilder, sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'

/** An organization of the directory beside the row that names it. */
export const organizationAs = (alias: string): RawBuilder<OrganizationRow> =>
  sql`json_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}, 'slug', ${sql.ref(`${alias}.slug`)},
                        'kind', ${sql.ref(`${alias}.kind`)}, 'city', ${sql.ref(`${alias}.city`)})`
