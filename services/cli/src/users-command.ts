import { isRoleName, rolePages } from '@carecommons/access'
import { addUser, declarePart2Program, findOrganizations, resetPassword, signOnPaper } from '@carecommons/domain'
import { isRefusal, systemClock } from '@carecommons/kernel'
import { CommandFault } from './command-fault.ts'
import { printSignIns } from './demo-command.ts'
import { openCommons, presentRegion } from './open-commons.ts'
import { answer, table } from './terminal.ts'

export interface AddUserOptions {
  readonly name: string
  readonly email: string
  readonly role: string
  readonly organization: string
}

/** `commons users add`: a person with a role in an organization, and a password told once. */
export async function addUserCommand({ name, email, role, organization }: AddUserOptions): Promise<void> {
  if (!isRoleName(role)) throw new CommandFault(`--role takes one of ${Object.keys(rolePages).join(', ')}.`)
  const kind = rolePages[role].organizationKind
  const commons = await openCommons()
  try {
    const region = await presentRegion(commons)
    const organizations = (await findOrganizations(commons.database)).filter((one) => one.kind === kind)
    const found = organizations.find(({ slug }) => slug === organization)
    if (!found)
      throw new CommandFault(
        `A ${role} works in a ${kind}. Short names known: ${organizations.map(({ slug }) => slug).join(', ') || 'none'}.`,
      )
    const card = await addUser(commons.database, { name, email, role, organizationId: found.id, from: systemClock.today(region.timeZone) })
    if (isRefusal(card)) throw new CommandFault(card.message)
    if (!found.agreed) answer(`${found.name}, which records had only named, is a payer of the region from now on: its name is open to all.`)
    printSignIns([card])
  } finally {
    await commons.close()
  }
}

/** `commons users password`: a new password, told once; open sessions end. */
export async function passwordCommand(email: string): Promise<void> {
  const commons = await openCommons()
  try {
    const card = await resetPassword(commons.database, email)
    if (isRefusal(card)) throw new CommandFault(card.message)
    printSignIns([card])
  } finally {
    await commons.close()
  }
}

/** `commons organizations`: what the region consists of, with the short names that other commands take. */
export async function organizationsCommand(): Promise<void> {
  const commons = await openCommons()
  try {
    const rows = await findOrganizations(commons.database)
    for (const line of table(
      ['kind', 'short name', 'name', 'active since'],
      rows.map(({ kind, slug, name, activeSince }) => [
        kind,
        slug,
        name,
        activeSince ?? (kind === 'practice' ? 'agreements not signed' : ''),
      ]),
    ))
      answer(line)
  } finally {
    await commons.close()
  }
}

export interface SignOptions {
  readonly by: string
  readonly as: string
}

/** `commons organizations sign`: both agreements of practices were signed on paper; from now on their people reach their charts. */
export async function signCommand(slugs: readonly string[], { by, as }: SignOptions): Promise<void> {
  const commons = await openCommons()
  try {
    const region = await presentRegion(commons)
    const practices = (await findOrganizations(commons.database)).filter(({ kind }) => kind === 'practice')
    const unknown = slugs.find((slug) => slug !== 'all' && !practices.some((practice) => practice.slug === slug))
    if (unknown) throw new CommandFault(`No practice has the short name ${unknown}; see \`commons organizations\`.`)
    const chosen = practices.filter(({ slug, activeSince }) => activeSince === null && (slugs.includes('all') || slugs.includes(slug)))
    await signOnPaper(commons.database, {
      organizationIds: chosen.map(({ id }) => id),
      signedBy: by,
      signedAs: as,
      on: systemClock.today(region.timeZone),
    })
    answer(`${chosen.length} practices are active from today.`)
  } finally {
    await commons.close()
  }
}

/** `commons organizations part2`: a practice is, or is no longer, a program under 42 CFR Part 2. */
export async function part2Command(slug: string, { off = false }: { readonly off?: boolean }): Promise<void> {
  const commons = await openCommons()
  try {
    await presentRegion(commons)
    const practice = (await findOrganizations(commons.database)).find((one) => one.kind === 'practice' && one.slug === slug)
    if (!practice) throw new CommandFault(`No practice has the short name ${slug}; see \`commons organizations\`.`)
    const changed = await declarePart2Program(commons.database, practice.id, !off)
    const state = off ? 'is no program under 42 CFR Part 2' : 'is a program under 42 CFR Part 2'
    answer(changed === 'changed' ? `${practice.name} ${state} from now on.` : `${practice.name} ${state} already.`)
    if (changed === 'changed')
      answer(
        off
          ? 'Records keep the labels they have.'
          : 'Records that arrive from now on are labelled; those already here are as soon as a worker comes to it.',
      )
    if (changed === 'again') answer('Its labelling was given up; it is asked for once more.')
  } finally {
    await commons.close()
  }
}
