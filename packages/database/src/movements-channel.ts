import { createHmac } from 'node:crypto'

/**
 * Where the processes of a region tell each other what moved. PostgreSQL lets every role listen to every channel whose name it knows, and
 * what is told there names charts: so the name follows from the password of the application's login, and no role can read it.
 */
export function movementsChannel(appUrl: string): string {
  const { password, pathname } = new URL(appUrl)
  return `commons_movements_${createHmac('sha256', decodeURIComponent(password)).update(pathname).digest('hex').slice(0, 32)}`
}
