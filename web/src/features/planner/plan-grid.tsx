import { useState } from 'react'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import { PlanCell } from './plan-cell.tsx'
import { type Basis, type Mark, type Marks, pairKey, type Plan } from './plan-parts.ts'
import styles from './planner.module.css'

const t = words.planner

/** Practices by people: hours of a week now and in the plan; each opens to its reason, and to what is set for it. */
export function PlanGrid({
  basis: { people, practices, current, kept },
  plan,
  marks,
  onMark,
}: {
  basis: Basis
  plan: Plan | null
  marks: Marks
  onMark: (marks: Marks) => void
}) {
  const [open, setOpen] = useState<{ staffId: string; practiceId: string } | null>(null)
  const sumOf = (all: readonly { minutes: number | null }[]): number => all.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)
  const at = <One extends { staffId: string; practiceId: string }>(all: readonly One[], staffId: string, practiceId: string) =>
    all.filter((one) => one.staffId === staffId && one.practiceId === practiceId)
  const mark = (pair: { staffId: string; practiceId: string }, as: Mark | null) => {
    const next = new Map(marks)
    if (as) next.set(pairKey(pair.staffId, pair.practiceId), as)
    else next.delete(pairKey(pair.staffId, pair.practiceId))
    onMark(next)
  }
  const facts = (staffId: string, practiceId: string) => ({
    now: sumOf(at(current, staffId, practiceId)),
    keeps: sumOf(at(kept, staffId, practiceId)),
    planned: plan ? sumOf(at(plan.hours, staffId, practiceId)) : null,
    mark: marks.get(pairKey(staffId, practiceId)) ?? null,
  })
  const opened = open && {
    pair: open,
    person: people.find(({ id }) => id === open.staffId)!,
    practice: practices.find(({ practice }) => practice.id === open.practiceId)!.practice,
    because: plan ? (at(plan.hours, open.staffId, open.practiceId)[0]?.because ?? null) : null,
    ending: plan ? (at(plan.ending, open.staffId, open.practiceId)[0] ?? null) : null,
    ...facts(open.staffId, open.practiceId),
  }
  const rows = practices.map(({ practice, needs }) => {
    const needed = sumOf(needs)
    const now = sumOf(current.filter(({ practiceId }) => practiceId === practice.id))
    const share = plan?.shares.find(({ practiceId }) => practiceId === practice.id)
    const given = share ? share.servedMinutes : Math.min(now, needed)
    return [
      practice.name,
      ...people.map(({ id, name }) => {
        const cell = facts(id, practice.id)
        return (
          <button
            key={id}
            type="button"
            className={`${styles['cell']} ${cell.mark ? styles[cell.mark.kind] : ''}`}
            aria-label={t.cell(name, practice.name, cell)}
            onClick={() => setOpen({ staffId: id, practiceId: practice.id })}
          >
            {t.cellText(cell)}
          </button>
        )
      }),
      t.hours(needed),
      <span key="met" className={styles['met']}>
        {t.met(given, share?.neededMinutes ?? needed)}
      </span>,
    ]
  })
  const available = people.map(({ id, availableMinutes }) =>
    t.of(sumOf((plan?.hours ?? current).filter(({ staffId }) => staffId === id)), availableMinutes),
  )
  return (
    <div className={styles['grid']}>
      <PlainTable
        label={t.grid}
        head={[t.practice, ...people.map(({ name }) => name), t.needed, t.share]}
        rows={[...rows, [t.available, ...available, '', '']]}
      />
      {opened && <PlanCell {...opened} onClose={() => setOpen(null)} onMark={(as) => mark(opened.pair, as)} />}
    </div>
  )
}
