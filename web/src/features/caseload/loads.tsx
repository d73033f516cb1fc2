import { useViewer } from '../../app/viewer.ts'
import { Icon } from '../../ui/icon.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { type CaseloadRules, fullOf, type Load } from './case-parts.ts'
import styles from './caseload.module.css'

const t = words.caseload

/** Who carries what, in points; of a practice's own people less is told. */
export function Loads({ loads, rules }: { loads: readonly Load[]; rules: CaseloadRules }) {
  const isPractice = useViewer().membership.organization.kind === 'PRACTICE'
  const names = new Map(loads.map(({ leadId, leadName }) => [leadId, leadName]))
  const shown = loads.filter(({ leadId, cases }) => leadId !== null || cases > 0)
  const c = t.columns
  return (
    <Section
      title={t.balance}
      note={isPractice ? t.balanceOfPractice : t.balanceNote(rules.fullTimePoints.most, rules.fullTimePoints.source)}
    >
      <Spans loads={loads} names={names} most={rules.span.most} />
      <PlainTable
        label={t.balance}
        head={
          isPractice
            ? [c.lead, c.people, c.points, c.overdue, c.unowned]
            : [c.lead, c.discipline, c.supervisor, c.people, c.points, c.full, c.overdue, c.unowned, c.standing]
        }
        prose={isPractice ? [] : [1, 2, 8]}
        rows={shown.map((load) => {
          const name = load.leadId === null ? t.nobody : (load.leadName ?? '')
          if (isPractice) return [name, load.cases, load.points, load.overdue, <Alarm key="unowned" count={load.unowned} />]
          return [
            name,
            load.discipline ? words.workforce.disciplines[load.discipline] : '',
            names.get(load.supervisorId ?? '') ?? '',
            load.cases,
            load.points,
            <Share key="full" load={load} rules={rules} />,
            load.overdue,
            <Alarm key="unowned" count={load.unowned} />,
            <Standing key="standing" load={load} />,
          ]
        })}
      />
    </Section>
  )
}

/** Whoever supervises more people than one person does. */
function Spans({ loads, names, most }: { loads: readonly Load[]; names: ReadonlyMap<string | null, string | null>; most: number }) {
  const spans = Map.groupBy(
    loads.filter(({ supervisorId }) => supervisorId !== null),
    ({ supervisorId }) => supervisorId,
  )
  return [...spans]
    .filter(([, team]) => team.length > most)
    .map(([id, team]) => (
      <p key={id} className={styles['warn']}>
        <Icon name="alert" size={14} /> {t.span(names.get(id) ?? '', team.length, most)}
      </p>
    ))
}

function Share({ load, rules }: { load: Load; rules: CaseloadRules }) {
  const full = fullOf(load, rules)
  if (full === null || full === 0) return null
  const share = Math.round((load.points / full) * 100)
  return <span className={share > 100 ? styles['bad'] : undefined}>{t.percent(share)}</span>
}

const Alarm = ({ count }: { count: number }) => (count === 0 ? 0 : <span className={styles['bad']}>{count}</span>)

function Standing({ load: { isAway, fitness, cases } }: { load: Load }) {
  const notes = [...(isAway ? [t.away] : []), ...(fitness && fitness !== 'READY' ? [t.fitness[fitness]] : [])]
  return <span className={fitness === 'LICENSE_EXPIRED' && cases > 0 ? styles['bad'] : undefined}>{notes.join('; ')}</span>
}
