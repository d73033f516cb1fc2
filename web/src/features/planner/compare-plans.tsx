import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { pairKey, type Plan } from './plan-parts.ts'

const t = words.planner

/** Two plans side by side: figures, practices' shares, and hours where they differ. */
export function ComparePlans({ one, other }: { one: Plan; other: Plan }) {
  if (!one.figures || !other.figures) return null
  const names = new Map([...one.people, ...other.people].map(({ id, name }) => [id, name]))
  const practices = new Map([...one.practices, ...other.practices].map(({ practice }) => [practice.id, practice.name]))
  const hoursOf = (plan: Plan) => new Map(plan.hours.map(({ staffId, practiceId, minutes }) => [pairKey(staffId, practiceId), minutes]))
  const [here, there] = [hoursOf(one), hoursOf(other)]
  const pairs = [...new Set([...here.keys(), ...there.keys()])].filter((key) => here.get(key) !== there.get(key))
  const shareOf = (plan: Plan, id: string) => plan.shares.find(({ practiceId }) => practiceId === id)
  const figures = t.compared.map(({ name, of }) => [name, of(one.figures!), of(other.figures!)])
  const shares = [...practices].map(([id, name]) => [
    t.shareOf(name),
    ...[one, other].map((plan) => {
      const share = shareOf(plan, id)
      return share ? t.met(share.servedMinutes, share.neededMinutes) : ''
    }),
  ])
  return (
    <Section title={t.sideBySide} note={one.inputHash === other.inputHash ? t.sameInput : t.otherInput}>
      <PlainTable label={t.sideBySide} head={[t.figure, t.shown, t.beside]} rows={[...figures, ...shares]} />
      {pairs.length === 0 ? (
        <p className="soft">{t.sameHours}</p>
      ) : (
        <PlainTable
          label={t.differing}
          head={[t.pairHead, t.shown, t.beside, t.difference]}
          rows={pairs
            .map((key) => {
              const [staffId, practiceId] = key.split(' ') as [string, string]
              return {
                name: t.pair(names.get(staffId) ?? '', practices.get(practiceId) ?? ''),
                a: here.get(key) ?? 0,
                b: there.get(key) ?? 0,
              }
            })
            .toSorted((x, y) => x.name.localeCompare(y.name))
            .map(({ name, a, b }) => [name, t.hours(a), t.hours(b), t.more(b - a)])}
        />
      )}
    </Section>
  )
}
