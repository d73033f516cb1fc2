import { Client } from 'pg'
import type { TestApi } from './api.ts'

export type Settings = Readonly<Record<string, string>>

/** SQLSTATE of a refusal: PostgreSQL, Appendix A. */
export const DENIED = '42501'
export const CHECK_VIOLATION = '23514'

/** Speaks SQL as the application's login does. */
export interface AsRole {
  readonly login: Client
  /** What the login gets under a role: rows, of several statements those of the last, or the SQLSTATE of the refusal. Nothing stays done. */
  as(role: string | null, settings: Settings, sql: string): Promise<Record<string, unknown>[] | string>
  /** The settings of somebody who acts under their first membership. */
  acting(email: string, more?: Settings): Promise<Settings>
  close(): Promise<void>
}

export async function openAsRole(api: TestApi): Promise<AsRole> {
  const app = new Client(api.appUrl)
  await app.connect()
  return {
    login: app,
    async as(role, settings, sql) {
      await app.query('begin')
      try {
        if (role) await app.query(`set local role ${role}`)
        for (const [name, value] of Object.entries(settings)) await app.query('select set_config($1, $2, true)', [`commons.${name}`, value])
        const all = [await app.query(sql)].flat()
        return all.at(-1)!.rows as Record<string, unknown>[]
      } catch (error) {
        return (error as { code: string }).code
      } finally {
        await app.query('rollback')
      }
    },
    async acting(email, more = {}) {
      const [row] = await api.sql(
        'select m.id as membership_id, m.user_id, m.organization_id from membership m join app_user u on u.id = m.user_id where u.email = $1',
        [email],
      )
      return { ...(row as Settings), sensitive: 'on', ...more }
    },
    close: () => app.end(),
  }
}
