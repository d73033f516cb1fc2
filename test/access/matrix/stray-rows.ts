import { databaseRoles } from '@carecommons/access'
import { entities } from '@carecommons/domain'
import type { Client } from 'pg'
import type { TestApi } from '../../support/api.ts'
import type { PracticeKey } from '../../support/world.ts'

interface TestScope {
  readonly role: string
  readonly settings: (api: TestApi) => Record<string, string>
  readonly mayMeet: readonly PracticeKey[]
}

/** What a transaction of each role says of itself, and whose rows of charts it may then meet. */
export const scopes: readonly TestScope[] = [
  { role: databaseRoles.practice, settings: ({ world }) => ({ practice_id: world.practices.alder }), mayMeet: ['alder'] },
  { role: databaseRoles.practice, settings: ({ world }) => ({ organization_id: world.practices.alder }), mayMeet: [] },
  {
    role: databaseRoles.careManager,
    settings: ({ world }) => ({ practice_ids: `{${world.practices.alder},${world.practices.birch}}` }),
    mayMeet: ['alder', 'birch'],
  },
  { role: databaseRoles.careManager, settings: () => ({ practice_ids: '{}' }), mayMeet: [] },
  {
    role: databaseRoles.patient,
    settings: ({ world }) => ({ practice_id: world.practices.alder, patient_id: world.charts.alder[0]! }),
    mayMeet: ['alder'],
  },
  // Another practice's chart under the own practice's name.
  {
    role: databaseRoles.patient,
    settings: ({ world }) => ({ practice_id: world.practices.alder, patient_id: world.charts.birch[0]! }),
    mayMeet: [],
  },
  { role: databaseRoles.payer, settings: ({ world }) => ({ payer_id: world.payers.pine }), mayMeet: [] },
  { role: databaseRoles.feed, settings: ({ world }) => ({ organization_id: world.practices.alder }), mayMeet: [] },
  { role: databaseRoles.door, settings: () => ({}), mayMeet: [] },
  ...Object.values(databaseRoles).map((role) => ({ role, settings: () => ({}), mayMeet: [] })),
]

/** Whole rows of charts; figures, assignments and the audit have rules and tests of their own. */
export const chartTables = entities
  .filter(({ meta }) => 'practiceId' in meta.properties)
  .map(({ meta }) => meta.tableName as string)
  .filter((table) => !/^(score|payer_|metric_|job|audit_|care_assignment)/.test(table))

/** Practices whose rows of a table some role meets and must not. `login` is the application's. */
export async function strayRows(api: TestApi, login: Client, table: string): Promise<{ role: string; practice: string }[]> {
  const stray: { role: string; practice: string }[] = []
  for (const { role, settings, mayMeet } of scopes) {
    await login.query('begin')
    await login.query(`set local role ${role}`)
    for (const [name, value] of Object.entries(settings(api)))
      await login.query('select set_config($1, $2, true)', [`commons.${name}`, value])
    const met = await login.query<{ practice_id: string }>(`select distinct practice_id from ${table}`).then(
      ({ rows }) => rows.map(({ practice_id }) => practice_id),
      (error: { code?: string }) => (error.code === '42501' ? [] : Promise.reject(error as Error)),
    )
    await login.query('rollback')
    const allowed = mayMeet.map((key) => api.world.practices[key])
    stray.push(...met.filter((id) => !allowed.some((one) => one === id)).map((practice) => ({ role, practice })))
  }
  return stray
}
