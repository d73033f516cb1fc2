import { type Ability, abilityFor, actions, subjects, type Viewer } from '@carecommons/access'
import type { TestApi } from '../../support/api.ts'

/** Without the second wall: everybody may do everything. */
export const openAbility = (viewer: Viewer): Ability =>
  abilityFor(viewer).update([{ action: [...actions], subject: [...subjects] }]) as Ability

/** Without the third wall: every policy lets every row be read and written by whoever has the privilege. */
export async function openPolicies(api: Pick<TestApi, 'sql'>): Promise<void> {
  const policies = await api.sql(
    `select tablename, policyname, qual is not null as reads, with_check is not null as writes from pg_policies where schemaname = 'public'`,
  )
  const opened = policies.map(
    ({ tablename, policyname, reads, writes }) =>
      `alter policy "${policyname}" on "${tablename}" ${[reads && 'using (true)', writes && 'with check (true)'].filter(Boolean).join(' ')}`,
  )
  await api.sql(opened.join('; '))
}
