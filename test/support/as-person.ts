import type { TestApi } from './api.ts'
import type { AsRole } from './as-role.ts'

export type Who =
  | ('administrator' | 'analyst' | 'workforceManager' | 'careManager')
  | ('alderAdministrator' | 'alderClinician' | 'alderStaff' | 'alderQualityLead')

interface Person {
  /** Of the membership. */
  readonly id: string
  readonly user_id: string
  readonly organization_id: string
  readonly name: string
}

/** SQL as somebody of the test world, under their database role and with their settings. */
export interface AsPerson {
  of(key: string): Person
  by(who: Who, sql: string): ReturnType<AsRole['as']>
}

export async function openAsPerson(api: TestApi, asked: AsRole): Promise<AsPerson> {
  const people = new Map<string, Person>()
  for (const [key, { email }] of Object.entries(api.world.users)) {
    const [row] = await api.sql(
      'select m.id, m.user_id, m.organization_id, u.name from membership m join app_user u on u.id = m.user_id where u.email = $1',
      [email],
    )
    people.set(key, row as unknown as Person)
  }
  const of = (key: string) => people.get(key)!
  return {
    of,
    by(who, sql) {
      const { id, user_id, organization_id } = of(who)
      const settings = { membership_id: id, user_id, organization_id, sensitive: 'on' }
      if (who === 'careManager')
        return asked.as('commons_care_manager', { ...settings, practice_ids: `{${api.world.practices.alder}}` }, sql)
      return who.startsWith('alder')
        ? asked.as('commons_practice', { ...settings, practice_id: organization_id }, sql)
        : asked.as('commons_region', settings, sql)
    },
  }
}

/** Of rows that are planted and rolled back. */
export const NOW_AND_ID = { id: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', created_at: '2026-03-02' }

export const insert = (table: string, row: Readonly<Record<string, string | null>>) =>
  `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row)
    .map((one) => (one === null ? 'null' : `'${one}'`))
    .join(', ')})`
