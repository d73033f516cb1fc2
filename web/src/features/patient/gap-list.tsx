import { Link } from 'react-router'
import { useViewer } from '../../app/viewer.ts'
import { periodName, shortDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { GapEvidence, GapEvidence_patient } from './gap-evidence.tsx'
import { GapExceptions, GapExceptions_gap } from './gap-exceptions.tsx'
import styles from './gap-list.module.css'

export const GapList_patient = graphql(
  `
    fragment GapList_patient on Patient {
      id
      gaps {
        measure {
          id
          title
          description
        }
        period {
          start
          end
        }
        state
        evidence
        dueOn
        ...GapExceptions_gap
      }
      ...GapEvidence_patient
    }
  `,
  [GapEvidence_patient, GapExceptions_gap],
)

const ORDER = ['OPEN', 'MET', 'EXCLUDED'] as const
const ICONS: Record<(typeof ORDER)[number], IconName> = { OPEN: 'alert', MET: 'check', EXCLUDED: 'minus' }

/** Where this chart stands in each measure, open ones first, with the records that decided it. */
export function GapList({ patient, onChange }: { patient: FragmentOf<typeof GapList_patient>; onChange: () => void }) {
  const chart = readFragment(GapList_patient, patient)
  const { gaps } = chart
  const { patientId } = useViewer()
  const sorted = gaps.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  const period = gaps[0]?.period
  return (
    <Section title={words.patient.gaps} note={period && periodName(period)}>
      {sorted.length === 0 && <p className="soft">{words.patient.noGaps}</p>}
      <ul className={styles['gaps']}>
        {sorted.map((gap, index) => (
          <li key={index} className={styles[gap.state.toLowerCase()]}>
            <Icon name={ICONS[gap.state]} />
            <div>
              <p>
                <span className="strong">{words.patient.gapStates[gap.state]}</span>{' '}
                <span title={gap.measure.description}>{gap.measure.title}</span>
                {patientId === null && (
                  <>
                    {' '}
                    <Link
                      to={`/patients/${chart.id}/why/${encodeURIComponent(gap.measure.id)}`}
                      className="small screenOnly"
                      aria-label={words.why.askOf(gap.measure.title)}
                    >
                      {words.why.ask}
                    </Link>
                  </>
                )}
              </p>
              {gap.dueOn && <p className="soft small">{words.patient.dueOn(shortDay(gap.dueOn))}</p>}
              {patientId === null && <GapExceptions patientId={chart.id} gap={gap} onChange={onChange} />}
              {gap.evidence.length > 0 && <GapEvidence patient={chart} evidence={gap.evidence} />}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
