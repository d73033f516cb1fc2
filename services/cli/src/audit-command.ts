import { findOrganizations, verifySeals } from '@carecommons/domain'
import { isDay } from '@carecommons/kernel'
import { readAuditHeads } from '@carecommons/worker'
import { CommandFault } from './command-fault.ts'
import { auditHeadsFolder, openCommons } from './open-commons.ts'
import { answer } from './terminal.ts'

export interface VerifyOptions {
  readonly practice?: string
  readonly from?: string
  readonly to?: string
}

/** `commons audit verify`: walks the seals over the audit and says what does not hold; ends with 1 when anything does not. */
export async function auditVerifyCommand({ practice, from, to }: VerifyOptions): Promise<void> {
  for (const day of [from, to]) if (day !== undefined && !isDay(day)) throw new CommandFault(`"${day}" is no day; write YYYY-MM-DD.`)
  const commons = await openCommons()
  try {
    const organizations = await findOrganizations(commons.database)
    const only = practice === undefined ? undefined : organizations.find(({ kind, slug }) => kind === 'practice' && slug === practice)
    if (practice !== undefined && !only) throw new CommandFault(`No practice has the short name "${practice}".`)
    const heads = readAuditHeads(auditHeadsFolder(commons.install))
    const key = commons.install.sealKey
    const { rows, chains, sealedUntil, faults } = await verifySeals(commons.database, { key, practiceId: only?.id, from, to, heads })
    const nameOf = (id: string | null): string => organizations.find((one) => one.id === id)?.slug ?? '-'
    for (const { kind, practiceId, words } of faults) answer(`${kind.padEnd(9)}  ${nameOf(practiceId)}  ${words}`)
    answer(`${rows.toLocaleString('en-US')} sealed rows in ${chains} chains, sealed until ${sealedUntil ?? 'never'}.`)
    if (heads.length === 0) answer('No heads are kept in the data folder: an end that was cut off would not be missed.')
    answer(faults.length === 0 ? 'Every seal holds.' : `${faults.length.toLocaleString('en-US')} do not hold.`)
    process.exitCode = faults.length === 0 ? 0 : 1
  } finally {
    await commons.close()
  }
}
