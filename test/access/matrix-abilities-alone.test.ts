// The abilities prove themselves without row-level security. And whoever writes a list can forget to pass it through the one function that
// narrows it: every use of that function is forgotten here once, and the matrix has to notice.
import { newId } from '@carecommons/kernel'
import type { Asker } from '../support/standing-sessions.ts'
import { roots } from './matrix/asked-roots.ts'
import { narrowBy, product } from './matrix/narrowing.ts'
import { Matrix, proveRoot, users } from './matrix/proof.ts'
import type { Root } from './matrix/questions.ts'
import { ForgettableRooms, type RoomUse, roomUses } from './matrix/room-uses.ts'
import { openAbility } from './matrix/walls-down.ts'

const nobody = {
  userId: newId(),
  membershipId: newId(),
  organizationId: newId(),
  role: 'auditor',
  practiceIds: [],
  patientId: null,
} as const
const everything = product.room({ ability: openAbility(nobody) } as unknown as Parameters<typeof product.room>[0], 'read', 'Chart', {})
const rooms = new ForgettableRooms(product, everything)
beforeAll(() => narrowBy(rooms.module))
afterAll(() => narrowBy())

/** What changes leave would stand in the way of comparing what is read. */
let reading: Matrix
let changing: Matrix
const askers = new Map<string, Asker>()
/** By the place of a use: the roots that come to it, each with those for whom. */
const comers = new Map<string, Map<Root, Set<Asker>>>()
beforeAll(async () => {
  reading = await Matrix.open('abilities alone')
  changing = await Matrix.open('abilities alone', { isCompared: false })
  const { ofUser } = await reading.ledger()
  for (const user of users) askers.set(ofUser(user).id!, user)
})
afterAll(async () => {
  reading?.sayWhatWasAsked()
  changing?.sayWhatWasAsked()
  await reading?.close()
  await changing?.close()
})

describe('hardening 73: with every policy swapped for "everything", all opens, refuses and changes as with all walls standing', () => {
  test.each(roots.map((root) => [root.name, root] as const))('%s', async (_name, root) => {
    rooms.met.clear()
    await proveRoot(root.kind === 'query' ? reading : changing, root)
    for (const [at, userIds] of rooms.met) {
      const roots = comers.get(at) ?? new Map<Root, Set<Asker>>()
      comers.set(at, roots.set(root, new Set([...userIds].map((id) => askers.get(id)!))))
    }
  })
})

/** Uses whose forgetting nobody would notice, and why that is no hole. */
const WHOLE = 'whoever passes the door may reach every row: there is no condition to forget, and who has no rule is stopped at the door'
const ASKED = 'asked about charts or organizations that another use read just before, and about no others'
const BESIDE = 'another room in the same statement leaves out the same practices'
const LEAVE = 'no leave is planted here: access/leave-walls asks for others’, with abilities alone, too'
const ASKED_OF_STAFF = 'asked about people whom another use read just before, and about no others'
const NOTED = 'it decides what is noted of an answer that is read through a room of its own'
const heldElsewhere: Readonly<Record<string, string>> = {
  'modules/caseload/open-cases.ts chartRoom 1': BESIDE,
  'modules/caseload/open-cases.ts room 1': BESIDE,
  'modules/caseload/read-caseload.ts caseRoom 2':
    'asked about cases that another use read just before; their charts are read through a room of their own',
  'modules/huddle/add-to-huddle.ts chartRoom 1': BESIDE,
  'modules/huddle/add-to-huddle.ts room 1': BESIDE,
  'modules/huddle/end-huddle-entry.ts room 1': 'what it finds is read through the room of reading before anything is changed',
  'modules/consent/emergencies.ts contestable 3': 'what it finds is read through the room of reading in the same statement',
  'modules/consent/redisclosure-notice.ts chartRoom 1': ASKED,
  'modules/consent/share-grants.ts room 1': 'the practices of whoever acts stand beside it in the same statement',
  'modules/consent/why-visible.ts room 1': ASKED,
  'modules/identity/invite-patient.ts chartRoom 1': BESIDE,
  'modules/identity/invite-patient.ts room 1': BESIDE,
  'modules/identity/read-patient-sign-in.ts chartRoom 1':
    'what it opens the way to is read through a room of its own; the note alone would differ',
  'modules/identity/read-patient-sign-in.ts chartRoom 2': BESIDE,
  'modules/packages/drafts.ts room 1': WHOLE,
  'modules/packages/list-packages.ts room 1': WHOLE,
  'modules/packages/read-comparisons.ts room 1': WHOLE,
  'modules/packages/read-deck-checks.ts room 1': WHOLE,
  'modules/packages/read-movers.ts recordRoom 1': 'no comparison is planted here: contract/measure-drafts asks as practices and roles',
  'modules/packages/strata-terms.ts room 1': WHOLE,
  'modules/packages/terms.ts room 1': WHOLE,
  'modules/patient/chart-facts.ts recordRoom 2': ASKED,
  'modules/patient/chart-lists.ts chartRoom 1': ASKED,
  'modules/practice/agreements.ts room 1': ASKED,
  'modules/patient/open-patient.ts chartRoom 1': 'the query names the one chart of the grant or emergency, and the ability was made of it',
  'modules/practice/sign-agreement.ts room 1': 'the practice is read through the room of organizations before it is signed for',
  'modules/practice/write-organization.ts room 1': WHOLE,
  'modules/consent/care-organizations.ts room 1': WHOLE,
  'modules/quality/gap-exceptions.ts recordRoom 1': BESIDE,
  'modules/quality/gap-exceptions.ts recordRoom 2': ASKED,
  'modules/quality/gap-exceptions.ts recordRoom 3': BESIDE,
  'modules/quality/gap-exceptions.ts room 1': BESIDE,
  'modules/quality/gap-exceptions.ts room 2': BESIDE,
  'modules/quality/coming-gaps.ts recordRoom 2': ASKED,
  'modules/quality/coming-gaps.ts room 1': ASKED,
  'modules/quality/gaps.ts recordRoom 1': ASKED,
  'modules/quality/population.ts recordRoom 1': ASKED,
  'modules/registry/list-patients.ts recordRoom 1': ASKED,
  'modules/risk/read-risk.ts room 1': ASKED,
  'modules/risk/tier-overrides.ts room 2': ASKED,
  'modules/risk/tier-overrides.ts room 3': ASKED,
  'modules/registries/in-registry.ts recordRoom 1': ASKED,
  'modules/registries/list-registries.ts room 1': WHOLE,
  'modules/registries/list-registries.ts room 3': NOTED,
  'modules/registries/list-registries.ts sensitiveRoom 2': NOTED,
  'modules/registries/read-comparisons.ts room 1': WHOLE,
  'modules/registries/read-movers.ts recordRoom 1': 'nobody moves here: access/walls asks for others’, with abilities alone, too',
  'modules/registries/registry-terms.ts room 1': WHOLE,
  'modules/workforce/plans/read-plans.ts room 1': WHOLE,
  'modules/registries/registry-terms.ts room 2': WHOLE,
  'modules/registries/registry-terms.ts room 3': WHOLE,
  'modules/registry/list-patients.ts chartRoom 1': 'its places were taken through another use just before',
  'modules/registry/list-patients.ts chartRoom 4': NOTED,
  'modules/registries/stays-of.ts recordRoom 2': ASKED,
  'modules/quality/records-of.ts recordRoom 1': ASKED,
  'modules/quality/read-runs.ts room 1': WHOLE,
  'modules/quality/read-strata.ts room 2': WHOLE,
  'modules/systems/end-system.ts room 1': WHOLE,
  'modules/systems/list-systems.ts room 1': WHOLE,
  'modules/workforce/care-managers.ts room 1': WHOLE,
  'modules/workforce/coverage.ts room 1': WHOLE,
  'modules/workforce/leave/covers.ts room 1': LEAVE,
  'modules/workforce/leave/covers.ts room 2': LEAVE,
  'modules/workforce/leave/leaves.ts room 1': LEAVE,
  'modules/workforce/schedule/calendar.ts room 1': 'no leave is planted here: contract/schedule asks as each who may know, and as others',
  'modules/workforce/people/list-staff.ts room 2': ASKED_OF_STAFF,
  'modules/workforce/people/list-staff.ts room 3': ASKED_OF_STAFF,
}

/** Uses that no question here comes to, and who does. */
const outOfReach: Readonly<Record<string, string>> = {
  'modules/packages/load-package.ts room 1': 'a package that is sent and no field: contract/measure-packages',
  'modules/packages/read-comparisons.ts room 2': 'moves of a comparison, of which none is planted: access/walls',
  'modules/packages/read-trials.ts room 1': 'trials of a draft, of which none is planted: access/walls',
  'modules/exports/download-export.ts room 1': 'a file and no field: access/walls',
  'modules/registry/export-outreach.ts room 1': 'a file and no field: access/walls',
  'modules/workforce/plans/apply/handoffs-of.ts room 1':
    'cases behind a plan, of which none is planted; only whoever moves every case asks: contract/plans-in-force',
  'modules/workforce/leave/handoffs.ts room 1':
    'handoffs of a leave, of which none is planted: access/leave-walls, with abilities alone, too',
  'modules/workforce/leave/handoffs.ts room 2':
    'handoffs of a leave, of which none is planted: access/leave-walls, with abilities alone, too',
}

describe('a forgotten room is noticed, wherever it is', () => {
  test('the uses are known', () => {
    expect(roomUses.length).toBeGreaterThan(40)
    const known = roomUses.map(({ at }) => at)
    expect([...comers.keys()].filter((at) => !known.includes(at))).toEqual([])
    expect([...Object.keys(heldElsewhere), ...Object.keys(outOfReach)].filter((key) => !roomUses.some((use) => use.key === key))).toEqual(
      [],
    )
  })

  test.each(roomUses.map((use) => [use.key, use] as const))('%s', async (key, use) => {
    const all = [...(comers.get(use.at) ?? [])]
    const queries = all.filter(([{ kind }]) => kind === 'query')
    // Lists show what is held elsewhere; only what nothing but a change comes to needs a world of its own for each.
    const candidates = key in heldElsewhere && queries.length > 0 ? queries : all
    expect({ key, isReached: candidates.length > 0 }).toEqual({ key, isReached: !(key in outOfReach) })
    if (key in outOfReach) return
    let noticed: string | null = null
    for (const [root, users] of candidates) {
      noticed = root.kind === 'query' ? await forgetting(use, reading, root, users) : await inOwnWorld(use, root, users)
      if (noticed !== null) break
    }
    expect({ key, isNoticed: noticed !== null }).toEqual({ key, isNoticed: !(key in heldElsewhere) })
  })
})

/** How the proof fails for one of those who come to a use, when it is forgotten. */
async function forgetting(use: RoomUse, matrix: Matrix, root: Root, users: Iterable<Asker>): Promise<string | null> {
  rooms.forgotten = use
  const before = matrix.api.log.length
  const noticed = await firstFault(matrix, root, users)
  rooms.forgotten = null
  // A question that the database cannot answer any more would be noticed too, and proves nothing.
  expect(matrix.api.log.slice(before).filter(({ event, code }) => event === 'BugMet' && code !== '')).toEqual([])
  return noticed
}

async function inOwnWorld(use: RoomUse, root: Root, users: Iterable<Asker>): Promise<string | null> {
  const matrix = await Matrix.open('abilities alone', { isCompared: false })
  return forgetting(use, matrix, root, users).finally(() => matrix.close())
}

async function firstFault(matrix: Matrix, root: Root, users: Iterable<Asker>): Promise<string | null> {
  try {
    for (const user of users) await proveRoot(matrix, root, [user])
    return null
  } catch (error) {
    return (error as Error).message
  }
}
