import type { Day } from '@carecommons/kernel'
import type { SqlBool } from 'kysely'
import { column, type Written, written } from '#shared/written'

/** Whether a clinician's word on a tier counts on that day. */
export const holdsOn = (alias: string, day: Day): Written<SqlBool> =>
  written`(${column(`${alias}.ended_at`)} is null and ${column(`${alias}.expires_on`)} >= ${day}::date)`
