import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import type { Plan } from './plan-parts.ts'
import styles from './planner.module.css'

const t = words.planner

/** What a plan comes to: how far it is proven, what stays open and why, and what each rule costs. */
export function PlanOutcome({ plan }: { plan: Plan }) {
  const { figures, shares, proofs, prices, people, practices } = plan
  const person = (id: string | null) => people.find((one) => one.id === id)?.name ?? ''
  const practice = (id: string | null) => practices.find((one) => one.practice.id === id)?.practice.name ?? ''
  const open = shares.flatMap(({ practiceId, unserved }) => unserved.map((part) => ({ practiceId, ...part })))
  const unproven = proofs.filter(({ value, bound }) => value !== bound)
  return (
    <Section title={t.outcome} note={unproven.length === 0 ? t.proven : t.unproven(unproven.map((proof) => t.criterion(proof)))}>
      {figures && <p>{t.figures(figures)}</p>}
      {open.length > 0 && (
        <div className={styles['below']}>
          <h3>{t.unserved}</h3>
          <PlainTable
            label={t.unserved}
            head={t.unservedHead}
            prose={[1, 3]}
            rows={open.map(({ practiceId, duty, language, minutes, because, bars }) => [
              practice(practiceId),
              t.part(words.workforce.duties[duty], language),
              t.hours(minutes),
              t.unservedBecause(because, bars),
            ])}
          />
        </div>
      )}
      {prices.length > 0 && figures && (
        <div className={styles['below']}>
          <h3>{t.prices}</h3>
          <PlainTable
            label={t.prices}
            head={t.pricesHead}
            rows={prices.map(({ rule, staffId, practiceId, leastLevel, servedMinutes, proven }) => [
              t.rule(rule, person(staffId), practice(practiceId)),
              t.level(leastLevel),
              t.more(servedMinutes - figures.servedMinutes),
              proven ? t.isProven : t.isFound,
            ])}
          />
        </div>
      )}
    </Section>
  )
}
