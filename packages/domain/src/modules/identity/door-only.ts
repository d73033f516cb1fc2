import { databaseRoles, openTo } from '@carecommons/access'

/** For tables that hold what people sign in with: no role that reads charts reaches them. */
export const doorOnly = (table: string) => [openTo(table, databaseRoles.door, 'all'), openTo(table, databaseRoles.worker, 'all')]
