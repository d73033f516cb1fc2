import { sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'
import { BEGINNING, type Link, NO_PRACTICE, SEALED_COLUMNS, type SealedRow, type SealHead, sealOf, selectHeads } from './seal.ts'

type Db = Tx['db']

export interface SealFault {
  readonly kind: 'edited' | 'deleted' | 'inserted' | 'reordered' | 'cut' | 'unsealed'
  /** Null for rows of no practice, and for what concerns a batch. */
  readonly practiceId: string | null
  readonly eventId: string | null
  readonly words: string
}

export interface SealReport {
  readonly rows: number
  readonly chains: number
  readonly sealedUntil: string | null
  readonly faults: readonly SealFault[]
}

export interface VerifyRequest {
  readonly key: Buffer
  readonly practiceId?: string
  /** Days of sealing, both inclusive. */
  readonly from?: string
  readonly to?: string
  /** What the install's folder says of the batches; null when there is no such file. */
  readonly heads: readonly SealHead[] | null
}

const PAGE = 5000
/** A row that claims to be this much older than a sealing which did not meet it was put there afterwards. */
const LATE = sql`interval '10 minutes'`

/** Walks the chains and finds what was edited, deleted, inserted, reordered or cut off, and what has gone unsealed for more than a minute. */
export const verifySeals = (sessions: Sessions, request: VerifyRequest): Promise<SealReport> =>
  sessions.within(
    { kind: 'sealer' },
    async ({ db }) => {
      const walk = await walkChains(db, request)
      const known = new Set(walk.faults.flatMap(({ eventId }) => eventId ?? []))
      const unsealed = (await findUnsealed(db, request)).filter(({ eventId }) => !known.has(eventId!))
      const { rows } = await sql<{ until: string | null }>`select max(sealed_at)::text as until from audit_seal`.execute(db)
      return {
        rows: walk.rows,
        chains: walk.chains.size,
        sealedUntil: rows[0]!.until,
        faults: [...walk.faults, ...unsealed, ...(await compareHeads(db, request.heads))],
      }
    },
    { snapshot: true },
  )

interface LinkRow extends Link {
  readonly event_id: string
  readonly hash: string
  /** When the batch before this one was sealed, if the row claims to be much older than that. */
  readonly missed_at: string | null
  readonly event: SealedRow | null
}

interface Walk {
  rows: number
  readonly chains: Set<string>
  readonly faults: SealFault[]
}

async function walkChains(db: Db, request: VerifyRequest): Promise<Walk> {
  const walk: Walk = { rows: 0, chains: new Set(), faults: [] }
  const broken: { link: LinkRow; before: Buffer }[] = []
  let last: LinkRow | null = null
  for (;;) {
    const page: LinkRow[] = await readLinks(db, request, last)
    for (const link of page) {
      const isNewChain = last?.chain !== link.chain
      const before: Buffer = isNewChain ? await hashBefore(db, link) : Buffer.from(last!.hash, 'hex')
      const gap = gapBefore(link, isNewChain ? null : last)
      // What a link behind a gap went on from is gone with the gap.
      if (gap) walk.faults.push(gap)
      else if (link.event === null || !isSealed(request.key, before, link, link.event)) broken.push({ link, before })
      else if (link.missed_at !== null)
        walk.faults.push(fault('inserted', link, `it claims ${link.event.at}, yet was not there at the sealing of ${link.missed_at}`))
      walk.rows += 1
      walk.chains.add(link.chain)
      last = link
    }
    if (page.length < PAGE) break
  }
  walk.faults.push(...(await explain(db, request.key, broken)))
  return walk
}

const isSealed = (key: Buffer, before: Buffer, link: LinkRow, event: SealedRow): boolean =>
  chainMatches(link, event) && sealOf(key, before, link, event).toString('hex') === link.hash

const chainMatches = ({ chain }: Link, event: SealedRow): boolean => chain === (event.practice_id ?? NO_PRACTICE)

/** Numbers count up by one within a day and begin at one. */
function gapBefore(link: LinkRow, last: LinkRow | null): SealFault | null {
  const expected = last?.day === link.day ? last.seq + 1 : 1
  if (link.seq === expected) return null
  return { ...fault('deleted', link, `numbers ${expected} to ${link.seq - 1} of that day are missing before it`), eventId: null }
}

/** Says of links that do not hold what was done to them. A row that fits another broken place changed places. */
async function explain(db: Db, key: Buffer, broken: readonly { link: LinkRow; before: Buffer }[]): Promise<SealFault[]> {
  const gone = broken.filter(({ link }) => link.event === null).map(({ link }) => link.event_id)
  const elsewhere = new Set(gone.length === 0 ? [] : await findById(db, gone))
  return broken.map(({ link, before }) => {
    const { event } = link
    if (event === null) {
      return elsewhere.has(link.event_id)
        ? fault('edited', link, 'its time was changed')
        : fault('deleted', link, 'its seal is there, the row is not')
    }
    const moved = broken.slice(0, 200).find((other) => other.link.event !== null && isSealed(key, before, link, other.link.event))
    return moved
      ? fault('reordered', link, `the row sealed in this place now stands at ${placeOf(moved.link)}`)
      : fault('edited', link, `the row${link.seq === 1 ? ', or the end of the day before,' : ''} is not what was sealed`)
  })
}

const placeOf = ({ day, seq }: Link): string => `number ${seq} of ${day}`

const fault = (kind: SealFault['kind'], link: LinkRow, why: string): SealFault => ({
  kind,
  practiceId: link.chain === NO_PRACTICE ? null : link.chain,
  eventId: link.event_id,
  words: `${placeOf(link)}, row ${link.event_id}: ${why}`,
})

async function readLinks(db: Db, { practiceId, from, to }: VerifyRequest, after: Link | null): Promise<LinkRow[]> {
  const conditions = [
    practiceId ? sql`s.chain = ${practiceId}` : sql`true`,
    from ? sql`s.day >= ${from}` : sql`true`,
    to ? sql`s.day <= ${to}` : sql`true`,
    after ? sql`(s.chain, s.day, s.seq) > (${after.chain}::uuid, ${after.day}::date, ${after.seq}::bigint)` : sql`true`,
  ]
  const { rows } = await sql<Omit<LinkRow, 'event'> & SealedRow & { id: string | null }>`
    select s.chain, s.day::text as day, s.seq::int as seq, s.event_id, encode(s.hash, 'hex') as hash,
           (select case when e.at < p.sealed_at - ${LATE} then p.sealed_at::text end
              from audit_seal p where p.batch < s.batch order by p.batch desc limit 1) as missed_at,
           ${SEALED_COLUMNS}
      from audit_seal s left join audit_event e on e.at = s.event_at and e.id = s.event_id
     where ${sql.join(conditions, sql` and `)}
     order by s.chain, s.day, s.seq limit ${PAGE}`.execute(db)
  return rows.map((row) => ({ ...row, event: row.id === null ? null : row }))
}

/** The hash that the first link of the walk goes on from: the last one before it, if the walk begins in the middle. */
async function hashBefore(db: Db, { chain, day, seq }: Link): Promise<Buffer> {
  const { rows } = await sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from audit_seal where chain = ${chain} and (day, seq) < (${day}::date, ${seq}::bigint)
     order by day desc, seq desc limit 1`.execute(db)
  return rows[0] ? Buffer.from(rows[0].hash, 'hex') : BEGINNING
}

async function findById(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from audit_event where id = any (${[...ids]}::uuid[])`.execute(db)
  return rows.map(({ id }) => id)
}

const LISTED = 1000

async function findUnsealed(db: Db, { practiceId, from, to }: VerifyRequest): Promise<SealFault[]> {
  const { rows } = await sql<{ id: string; at: string; practice_id: string | null; was_passed: boolean }>`
    select e.id, e.at::text as at, e.practice_id,
           coalesce(pg_visible_in_snapshot(e.xid, (select snapshot from audit_seal where snapshot is not null order by batch desc limit 1)), false) as was_passed
      from audit_event e
     where e.at < now() - interval '1 minute'
       and not exists (select from audit_seal s where s.event_id = e.id and s.event_at = e.at)
       and ${practiceId ? sql`e.practice_id = ${practiceId}` : sql`true`}
       and ${from ? sql`e.at >= ${from}::date` : sql`true`} and ${to ? sql`e.at < ${to}::date + 1` : sql`true`}
     order by e.at limit ${LISTED}`.execute(db)
  return rows.map(({ id, at, practice_id, was_passed }) => ({
    kind: was_passed ? 'inserted' : 'unsealed',
    practiceId: practice_id,
    eventId: id,
    words: `row ${id} of ${at} bears no seal${was_passed ? ', and rows written after it do' : ' yet; is a worker running?'}`,
  }))
}

/** Every batch that the folder knows must stand in the database as it was. */
async function compareHeads(db: Db, heads: readonly SealHead[] | null): Promise<SealFault[]> {
  if (!heads || heads.length === 0) return []
  const { rows } = await selectHeads(sql`${Math.min(...heads.map(({ batch }) => batch))}`).execute(db)
  const standing = new Map(rows.map((row) => [row.batch, row]))
  return heads.flatMap(({ batch, sealedAt, rows: sealed, digest }): SealFault[] => {
    const now = standing.get(batch)
    if (now?.digest === digest) return []
    const missing = sealed - (now?.rows ?? 0)
    const what = missing > 0 ? `${missing} of its ${sealed} seals are gone` : 'its seals are others now'
    return [{ kind: 'cut', practiceId: null, eventId: null, words: `batch ${batch}, sealed ${sealedAt}: ${what}` }]
  })
}
