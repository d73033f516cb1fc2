import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { addUser, findOrganizations, type RegionIdentity, seedStaff, type SignInCard, signOnPaper } from '@carecommons/domain'
import { type DemoRegion, generateRegion } from '@carecommons/demo'
import { type Day, isRefusal, systemClock } from '@carecommons/kernel'
import { CommandFault } from './command-fault.ts'
import type { DemoSize } from './demo-size.ts'
import { demoStaff, demoTravel } from './demo-staff.ts'
import { filesNamed, runImport } from './import-command.ts'
import { listenForInterruption } from './interruption.ts'
import { madeUpFolder } from './made-up-folder.ts'
import { type Commons, openCommons, regionOf } from './open-commons.ts'
import { answer, progressLine, step, table } from './terminal.ts'

/** `commons demo`: fills a region with made-up people through the same import as real records. */
export async function demoCommand(options: DemoSize): Promise<void> {
  const interruption = listenForInterruption()
  const commons = await openCommons()
  try {
    await seedDemo(commons, options, interruption)
    printSignIns(await demoSignIns(commons, options))
  } catch (error) {
    if (!interruption.aborted) throw error
    process.exitCode = 130
  } finally {
    await commons.close()
  }
}

export async function seedDemo(commons: Commons, options: DemoSize, interruption: AbortSignal): Promise<void> {
  const region = await regionOf(commons, true)
  if (!region.isDemo)
    throw new CommandFault(`${region.name} holds real records; made-up people belong into a region of their own (COMMONS_DATA=...).`)
  const folder = await madeUpFolder(commons.install.dataFolder)
  try {
    await writeRegion(madeUp(region, options), folder, options.patients, interruption)
    await runImport(commons, await filesNamed([folder]), {}, true, interruption)
    const practices = (await findOrganizations(commons.database)).filter(({ kind }) => kind === 'practice')
    await signOnPaper(commons.database, {
      organizationIds: practices.map(({ id }) => id),
      signedBy: 'Demo',
      signedAs: 'made up',
      on: systemClock.today(region.timeZone),
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The coordinating body's administrator, workforce manager and shared staff, a clinician per practice, an analyst per payer. */
export async function demoSignIns(commons: Commons, options: DemoSize): Promise<SignInCard[]> {
  const region = await regionOf(commons, true)
  return step(
    'Sign-ins',
    () => demoUsers(commons, region, madeUp(region, options)),
    (cards) => `${cards.length} made`,
  )
}

const madeUp = ({ timeZone }: RegionIdentity, options: DemoSize): DemoRegion =>
  generateRegion({ ...options, asOf: systemClock.today(timeZone) })

/** Writes the region as NDJSON files, one per type. */
async function writeRegion(demo: DemoRegion, folder: string, patients: number, interruption: AbortSignal): Promise<void> {
  const files = new Map<string, WriteStream>()
  const write = async (type: string, json: string): Promise<void> => {
    const file = files.get(type) ?? createWriteStream(join(folder, `${type}.ndjson`))
    files.set(type, file)
    if (!file.write(`${json}\n`)) await once(file, 'drain')
  }
  const progress = progressLine('Making up people')
  for (const json of demo.directory) await write(/"resourceType":"(\w+)"/.exec(json)![1]!, json)
  let charts = 0
  let resources = 0
  for (const { lines } of demo.charts) {
    interruption.throwIfAborted()
    for (const { type, json } of lines) await write(type, json)
    resources += lines.length
    progress.show(++charts, patients, `${charts.toLocaleString('en-US')} charts`)
  }
  for (const file of files.values()) {
    file.end()
    await once(file, 'close')
  }
  progress.end(`${charts.toLocaleString('en-US')} charts, ${resources.toLocaleString('en-US')} resources`)
}

async function demoUsers(commons: Commons, { timeZone }: RegionIdentity, demo: DemoRegion): Promise<SignInCard[]> {
  const from = systemClock.today(timeZone)
  const cards: SignInCard[] = []
  for (const { id, kind, name, slug } of await findOrganizations(commons.database)) {
    const wanted =
      kind === 'coordinating-body'
        ? ({ name: 'Region administrator', email: 'region@demo.example', role: 'region-administrator' } as const)
        : kind === 'practice'
          ? ({ name: clinicianOf(demo, name), email: `clinician@${slug}.demo.example`, role: 'clinician' } as const)
          : ({ name: `Analyst at ${name}`, email: `analyst@${slug}.demo.example`, role: 'payer-analyst' } as const)
    const card = await addUser(commons.database, { ...wanted, organizationId: id, from })
    if (!isRefusal(card)) cards.push(card)
  }
  return [...cards, ...(await demoWorkforce(commons, demo, from))]
}

/** Whoever allocates the shared staff, and the staff. */
async function demoWorkforce({ database }: Commons, demo: DemoRegion, from: Day): Promise<SignInCard[]> {
  const organizations = await findOrganizations(database)
  const body = organizations.find(({ kind }) => kind === 'coordinating-body')
  if (!body) return []
  const practices = organizations.filter(({ kind }) => kind === 'practice')
  const staff = demoStaff(demo, new Map(practices.map(({ id, name }) => [name, id])), from)
  const manager = { name: 'Workforce manager', email: 'workforce@demo.example', role: 'workforce-manager' } as const
  const people = [manager, ...staff.map(({ name, email }) => ({ name, email, role: 'care-manager' as const }))]
  const cards: SignInCard[] = []
  for (const one of people) {
    const card = await addUser(database, { ...one, organizationId: body.id, from })
    if (!isRefusal(card)) cards.push(card)
  }
  const added = staff.filter(({ email }) => cards.some((card) => card.email === email))
  await seedStaff(database, { people: added, travel: demoTravel(demo), employer: body.name }, from)
  return cards
}

const clinicianOf = ({ practices }: DemoRegion, practice: string): string =>
  practices.find(({ name }) => name === practice)?.clinicians[0]?.name ?? `Clinician at ${practice}`

export function printSignIns(cards: readonly SignInCard[]): void {
  if (cards.length === 0) return
  answer('Sign-ins, told this once (a new password: npm run -s commons -- users password EMAIL)')
  for (const line of table(
    ['who', 'email', 'password'],
    cards.map(({ name, email, password }) => [name, email, password]),
  ))
    answer(line)
}
