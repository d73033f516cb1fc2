import { count } from '../../lib/numbers.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import type { PracticeNeed } from './need-parts.ts'
import styles from './staff-need.module.css'

const t = words.staffNeed

/** Practice by practice in this month: who needs how much, what part of the capacity that is, and what is agreed on. */
export function PracticeNeeds({ practices }: { practices: readonly PracticeNeed[] }) {
  return (
    <Section title={t.practices} note={t.practicesNote}>
      <PlainTable
        label={t.practices}
        head={t.practicesHead}
        rows={practices.map(({ practice, people, tiers, transitions, transitionsTold, months: [now] }) => [
          practice.name,
          count(people),
          ...[2, 3, 4].map((tier) => {
            const of = tiers.find((one) => one.tier === tier)!
            return <Counted key={tier} many={of.people} told={of.told} />
          }),
          <Counted key="stays" many={transitions} told={transitionsTold} />,
          t.hours(now!.demand),
          t.hours(now!.share),
          t.hours(now!.scheduled),
          t.difference(now!.scheduled - now!.share),
          t.hours(now!.entitlement),
        ])}
      />
    </Section>
  )
}

/** A number, or a guess in its place where few people would be told of. */
export function Counted({ many, told }: { many: number; told: boolean }) {
  return told ? count(many) : <span className={styles['guess']}>{t.about(many)}</span>
}
