/** What a person must mend before the install can be used. */
export class InstallFault extends Error {}

/** Nobody listens, the name is unknown, the password is wrong (class 28), there is no such database (3D000). */
const REFUSED_ENTRY = /^(ECONN|ENOTFOUND|ETIMEDOUT|EAI_|EHOST|28|3D|57P03)/
const REFUSED_RIGHT = '42501'

/** What PostgreSQL or the network said, in words that say what to mend; other errors pass through. */
export function inWords(error: unknown, host: string): unknown {
  const { code = '', message } = error as { code?: string; message?: string }
  // A name with several addresses fails without a message.
  const said = message || code
  if (REFUSED_ENTRY.test(code)) return new InstallFault(`PostgreSQL at ${host} cannot be used: ${said}`)
  if (code === REFUSED_RIGHT)
    return new InstallFault(`The user of DATABASE_URL must own the database and may create roles (CREATEROLE): ${said}`)
  return error
}

export function ownerAddress(url: string): string {
  if (!URL.canParse(url)) throw new InstallFault('DATABASE_URL is no address. It looks like postgresql://user:password@host:5432/database.')
  return url
}
