import { sql } from 'kysely'
import { isFew } from '#modules/quality'
import { tellMovement } from '#shared/movements'
import type { Tx } from '#shared/sessions'

/** People to the nearest ten; null: 10 or fewer, or nobody. */
export interface RegistryMoves {
  readonly enters: number | null
  readonly leaves: number | null
  readonly stays: number | null
}

/** A clause, and how many of those who come in or leave it moves. */
export interface RegistryMoveReason {
  readonly move: 'enters' | 'leaves'
  readonly clause: string
  readonly part: 'entry' | 'exit'
  readonly change: 'lost' | 'gained'
  readonly people: number
}

/** What the region sees of a comparison. */
export interface RegistryCounts {
  /** Each person once. */
  readonly all: RegistryMoves
  readonly practices: readonly (RegistryMoves & { readonly practiceId: string })[]
  /** Of all practices together; a clause that moves 10 or fewer is not among them. */
  readonly reasons: readonly RegistryMoveReason[]
}

const MOST_REASONS = 24

/**
 * To the nearest ten, as sizes of registries: no two looks tell of one of them, nor do a whole and its parts. Nobody and a few are told alike:
 * definitions could be written that ask for somebody.
 */
const shownPeople = (people: number): number | null => (people === 0 || isFew(people) ? null : Math.round(people / 10) * 10)

/** The movers of all practices, counted and suppressed, once all chunks are done. Who moved in comparisons of before is no longer of use. */
export async function conclude(db: Tx['db'], id: string): Promise<void> {
  const { rows } = await sql<{ registry: string }>`
    select registry from registry_comparison c where id = ${id} and state = 'running'
       and not exists (select from registry_comparison_chunk k where k.comparison_id = c.id and finished_at is null) for update`.execute(db)
  const [found] = rows
  if (!found) return
  const counts: RegistryCounts = { ...(await peopleIn(db, id)), reasons: await reasonsOf(db, id) }
  await sql`update registry_comparison set state = 'done', finished_at = now(), counts = ${JSON.stringify(counts)} where id = ${id}`.execute(
    db,
  )
  await sql`
    delete from registry_mover m using registry_comparison c
     where c.id = m.comparison_id and c.registry = ${found.registry} and c.id <> ${id} and c.state in ('done', 'failed')`.execute(db)
  await tellMovement(db, { what: 'runs' })
}

/** Of living people, by person and practice, whether they are in it now and whether they would be. */
const standings = (id: string) => sql`
  select m.practice_id, p.person_id, bool_or(m.change in ('leaves', 'stays')) as was, bool_or(m.change in ('enters', 'stays')) as would
    from registry_mover m join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
    join patient_summary s on s.practice_id = m.practice_id and s.patient_id = m.patient_id and not s.deceased
   where m.comparison_id = ${id} group by m.practice_id, p.person_id`

async function peopleIn(db: Tx['db'], id: string): Promise<Pick<RegistryCounts, 'all' | 'practices'>> {
  const { rows } = await sql<{ practiceId: string | null; enters: number; leaves: number; stays: number }>`
    with standing as materialized (${standings(id)}),
    person as (select person_id, bool_or(was) as was, bool_or(would) as would from standing group by person_id),
    counted as (select practice_id, was, would from standing union all select null, was, would from person),
    one as (select practice_id, (count(*) filter (where would and not was))::int as enters, (count(*) filter (where was and not would))::int as leaves,
                   (count(*) filter (where was and would))::int as stays from counted group by practice_id)
    select o.id as "practiceId", coalesce(enters, 0) as enters, coalesce(leaves, 0) as leaves, coalesce(stays, 0) as stays
      from (select distinct practice_id as id from registry_comparison_chunk where comparison_id = ${id} union all select null) o
      left join one on one.practice_id is not distinct from o.id order by o.id`.execute(db)
  const shown = rows.map(({ practiceId, enters, leaves, stays }) => ({
    ...{ practiceId, enters: shownPeople(enters), leaves: shownPeople(leaves), stays: shownPeople(stays) },
  }))
  const { practiceId: _none, ...all } = shown.find(({ practiceId }) => practiceId === null)!
  return { all, practices: shown.flatMap(({ practiceId, ...moves }) => (practiceId === null ? [] : [{ practiceId, ...moves }])) }
}

async function reasonsOf(db: Tx['db'], id: string): Promise<RegistryMoveReason[]> {
  const { rows } = await sql<RegistryMoveReason>`
    with standing as materialized (${standings(id)}),
    person as (select person_id, bool_or(was) as was, bool_or(would) as would from standing group by person_id)
    select m.change as move, r ->> 'clause' as clause, r ->> 'part' as part, r ->> 'change' as change, count(distinct p.person_id)::int as people
      from registry_mover m join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
      join person w on w.person_id = p.person_id and m.change = case when w.would and not w.was then 'enters' when w.was and not w.would then 'leaves' end
      cross join lateral jsonb_array_elements(m.reasons) r
     where m.comparison_id = ${id} group by 1, 2, 3, 4 order by 1, 5 desc, 2, 3, 4`.execute(db)
  return rows.flatMap((row) => shownReason(row)).slice(0, MOST_REASONS)
}

const shownReason = (reason: RegistryMoveReason): RegistryMoveReason[] => {
  const people = shownPeople(reason.people)
  return people === null ? [] : [{ ...reason, people }]
}
