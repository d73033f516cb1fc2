import { gunzipSync } from 'node:zlib'
import {
  type BrokenCase,
  type CaseOutcome,
  checkDeck,
  type EnginePool,
  type MeasureGroup,
  type MeasurePackage,
  readDeck,
} from '@carecommons/cql'
import { sql } from 'kysely'
import type { LoadedMeasures } from '#modules/quality'
import { tellMovement } from '#shared/movements'
import type { Sessions } from '#shared/sessions'
import type { DeckOutcome } from './deck-outcome.ts'

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const
const CASES_AT_ONCE = 32
/** Published decks unpack to a few megabytes. */
const MOST_BYTES = 64 * 1024 * 1024
/** Cases that did not pass and are told one by one; of more the counts are. */
const MOST_TOLD = 200

/** Runs a deck, case by case from its beginning, however often delivered; forgets the deck when it is done. */
export async function runDeckCheck(sessions: Sessions, pool: EnginePool, measures: LoadedMeasures, id: string): Promise<void> {
  const [check] = await sessions.within(SCOPE, ({ db }) =>
    db.selectFrom('deck_check').select(['deck', 'package_hash', 'state']).where('id', '=', id).execute(),
  )
  if (!check?.deck || check.state === 'done' || check.state === 'failed') return
  const text = unpacked(Buffer.from(check.deck))
  const deck = text === null ? null : readDeck(text)
  if (!deck)
    return failDeckCheck(sessions, id, `The file is no deck: it is damaged, or unpacks to more than ${MOST_BYTES / 1024 / 1024} MB.`)
  if (!deck.ok) return failDeckCheck(sessions, id, deck.problems.slice(0, 20).join(' '))
  const [pkg] = (await measures.of([check.package_hash])).packages
  const outcomes: CaseOutcome[] = []
  let groups: readonly MeasureGroup[] = []
  const total = deck.cases.length + deck.broken.length
  for (let from = 0; from < deck.cases.length; from += CASES_AT_ONCE) {
    await told(sessions, id, total, outcomes)
    const part = await checkPart(pool, pkg!, deck.cases.slice(from, from + CASES_AT_ONCE))
    if (typeof part === 'string') return failDeckCheck(sessions, id, part)
    groups = part.groups
    outcomes.push(...part.outcomes)
  }
  await told(sessions, id, total, outcomes, deck.broken)
  const differing = outcomes.filter(({ verdict }) => verdict !== 'passed').map((one) => deckOutcome(one, groups))
  const notPassed = [...deck.broken.map(brokenOutcome), ...differing].slice(0, MOST_TOLD)
  await sessions.within(SCOPE, async ({ db }) => {
    await sql`
      update deck_check set state = 'done', finished_at = now(), deck = null,
             outcomes = ${JSON.stringify(notPassed)}
       where id = ${id} and state not in ('done', 'failed')`.execute(db)
    await tellMovement(db, { what: 'runs' })
  })
}

/** Ends a check that cannot go on. */
export async function failDeckCheck(sessions: Sessions, id: string, reason: string): Promise<void> {
  await sessions.within(SCOPE, async ({ db }) => {
    await sql`
      update deck_check set state = 'failed', finished_at = now(), deck = null, failure = ${reason}
       where id = ${id} and state not in ('done', 'failed')`.execute(db)
    await tellMovement(db, { what: 'runs' })
  })
}

/** What a measure did to its thread is told in the thread's words; everything else is a bug and tried again. */
async function checkPart(pool: EnginePool, pkg: MeasurePackage, cases: Parameters<typeof checkDeck>[2]) {
  try {
    return await checkDeck(pool, pkg, cases)
  } catch (error) {
    if (error instanceof Error && /^(The measures could not|An engine thread)/.test(error.message)) return error.message
    throw error
  }
}

async function told(
  sessions: Sessions,
  id: string,
  total: number,
  outcomes: readonly CaseOutcome[],
  broken: readonly BrokenCase[] = [],
): Promise<void> {
  const count = (verdict: CaseOutcome['verdict']): number => outcomes.filter((one) => one.verdict === verdict).length
  await sessions.within(SCOPE, async ({ db }) => {
    await sql`
      update deck_check set state = 'running', cases_total = ${total}, cases_done = ${outcomes.length + broken.length}, passed = ${count('passed')},
             failed = ${count('failed') + broken.length}, undecided = ${count('undecided')} where id = ${id} and state in ('queued', 'running')`.execute(
      db,
    )
    await tellMovement(db, { what: 'runs' })
  })
}

function unpacked(bytes: Buffer): string | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/** What could not be run has not shown that it passes. */
const brokenOutcome = ({ id, title, line, reason }: BrokenCase): DeckOutcome => ({
  ...{ id, title, verdict: 'failed', problem: `Not run. Line ${line} of the deck: ${reason}` },
  ...{ doubts: [], differences: [], evidence: [] },
})

function deckOutcome({ case: one, verdict, differences, problem, groups }: CaseOutcome, definitions: readonly MeasureGroup[]): DeckOutcome {
  return {
    ...{ id: one.id, title: one.title, verdict: verdict === 'undecided' ? 'undecided' : 'failed', problem, doubts: one.disagreements },
    differences: differences.map((difference) => ({ ...difference })),
    evidence: groups.flatMap((membership, index) => {
      const group = definitions[index]!
      if (!differences.some((difference) => difference.group === group.id)) return []
      return membership.clauses.map(({ clause, resources }) => ({
        ...{ group: group.id, definition: group.clauses[clause]!, resources: [...resources] },
      }))
    }),
  }
}
