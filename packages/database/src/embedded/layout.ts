import { join } from 'node:path'

/** Where things lie inside the data root of one install. */
export function layout(root: string) {
  return {
    root,
    /** PostgreSQL's own data folder. It appears by a rename once it is complete, so a half-made one is never taken for a database. */
    data: join(root, 'postgres'),
    /** What half-made data folders begin with. */
    making: 'postgres.making',
    log: join(root, 'log'),
    startLog: join(root, 'log', 'start.log'),
    /** Port and superuser password, mode 0600. */
    access: join(root, 'access.json'),
    lock: join(root, 'opening.lock'),
    /** One file per process that uses the server. */
    holders: join(root, 'holders'),
    /** Copies of the programs, for a server user who cannot reach the checkout. */
    programs: join(root, 'programs'),
  }
}

export type Layout = ReturnType<typeof layout>
