import { join } from 'node:path'
import type { Mail } from '@carecommons/domain'
import { openAuditHeads, openMail, type Sealing } from '@carecommons/worker'
import { logLine } from './log-line.ts'
import { auditHeadsFolder, type Commons } from './open-commons.ts'
import { publicUrl } from './outside-options.ts'

/** The key that seals the audit, and the folder outside of the database that remembers the seals. */
export const sealingOf = ({ install }: Commons): Sealing => ({ key: install.sealKey, heads: openAuditHeads(auditHeadsFolder(install)) })

/** How letters leave this install, and the address that they name. */
export const postOf = ({ install }: Commons): { mail: Mail; publicUrl: string } => ({
  mail: openMail({ env: process.env, folder: join(install.dataFolder, 'mail'), log: logLine }),
  publicUrl: publicUrl(process.env),
})
