import { Link } from 'react-router'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { amount, amountFixed, count } from '../../lib/numbers.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Person, Person_patient } from '../patient/person.tsx'
import styles from './attention-groups.module.css'

const AttentionRow_patient = graphql(
  `
    fragment AttentionRow_patient on Patient {
      id
      lastVisit
      openGapCount
      latestA1c {
        value
      }
      latestBloodPressure {
        systolic
        diastolic
      }
      latestPhq9 {
        value
      }
      ...Person_patient
    }
  `,
  [Person_patient],
)

export const AttentionGroups_practice = graphql(
  `
    fragment AttentionGroups_practice on PracticeOverview {
      attention {
        key
        title
        count
        patients {
          id
          ...AttentionRow_patient
        }
      }
    }
  `,
  [AttentionRow_patient],
)
type Practice = { practice: FragmentOf<typeof AttentionGroups_practice> }

/** The answer of the page in numbers: how many people per reason, each leading to its list. */
export function AttentionAnswer({ practice }: Practice) {
  const groups = readFragment(AttentionGroups_practice, practice).attention.filter((group) => group.count > 0)
  if (groups.length === 0)
    return (
      <p className={styles['calm']}>
        <Icon name="check" size={20} /> {words.home.nobody}
      </p>
    )
  return (
    <ul className={styles['answer']}>
      {groups.map((group) => (
        <li key={group.key}>
          <a href={`#attention-${group.key}`}>
            <span className={styles['number']}>{count(group.count)}</span> {words.home.attention[group.key]?.(group.count) ?? group.title}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Charts that most need a look today, a list per reason. */
export function AttentionGroups({ practice }: Practice) {
  const groups = readFragment(AttentionGroups_practice, practice).attention.filter((group) => group.count > 0)
  return groups.map((group) => (
    <div key={group.key} id={`attention-${group.key}`} tabIndex={-1}>
      <Section title={group.title} note={words.home.shownOf(group.patients.length, group.count)}>
        <ul className={styles['list']}>
          {group.patients.map((patient) => (
            <AttentionRow key={patient.id} patient={patient} />
          ))}
        </ul>
      </Section>
    </div>
  ))
}

function AttentionRow({ patient }: { patient: FragmentOf<typeof AttentionRow_patient> }) {
  const row = readFragment(AttentionRow_patient, patient)
  const { latestA1c, latestBloodPressure, latestPhq9 } = row
  return (
    <li>
      <Link to={`/patients/${row.id}`} className={styles['row']}>
        <span className={styles['name']}>
          <Person patient={row} demographics="short" />
        </span>
        <span className={styles['fact']}>
          {latestA1c && <Fact name={words.values.a1c}>{words.values.percent(amountFixed(latestA1c.value))}</Fact>}
        </span>
        <span className={styles['fact']}>
          {latestBloodPressure && (
            <Fact name={words.values.bloodPressure}>
              {words.values.pair(amount(latestBloodPressure.systolic), amount(latestBloodPressure.diastolic))}
            </Fact>
          )}
        </span>
        <span className={styles['fact']}>{latestPhq9 && <Fact name={words.values.phq9}>{amount(latestPhq9.value)}</Fact>}</span>
        <span className={styles['fact']}>
          <Fact name={words.home.seen}>{row.lastVisit ? <OnDay day={row.lastVisit} /> : words.home.never}</Fact>
        </span>
        <span className={styles['fact']}>{row.openGapCount > 0 && words.home.openGaps(row.openGapCount)}</span>
      </Link>
    </li>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <span className="soft small">{name}</span> {children}
    </>
  )
}
