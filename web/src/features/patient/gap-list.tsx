import { Link } from 'react-router'
import { useViewer } from '../../app/viewer.ts'
import { fullDay, periodName, shortDay } from '../../lib/dates.ts'
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
      comingGaps {
        measure {
          id
        }
        dueOn
      }
      ...GapEvidence_patient
    }
  `,
  [GapEvidence_patient, GapExceptions_gap],
)

const ORDER = ['OPEN', 'MET', 'EXCLUDED'] as const
/** After every day. */
const NEVER = '9999'
const ICONS: Record<(typeof ORDER)[number], IconName> = { OPEN: 'alert', MET: 'check', EXCLUDED: 'minus' }

/** Where this chart stands in each measure, what is due first, with the records that decided it. */
export function GapList({ patient, onChange }: { patient: FragmentOf<typeof GapList_patient>; onChange: () => void }) {
  const chart = readFragment(GapList_patient, patient)
  const { gaps } = chart
  const { patientId } = useViewer()
  const comingOn = new Map((patientId === null ? chart.comingGaps : [])?.map(({ measure, dueOn }) => [measure.id, dueOn]))
  const dueOf = ({ state, dueOn, measure }: (typeof gaps)[number]) => (state === 'MET' ? comingOn.get(measure.id) : dueOn) ?? NEVER
  const sorted = gaps.toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (dueOf(a) < dueOf(b) ? -1 : Number(dueOf(a) > dueOf(b))),
  )
  const whyOf = ({ measure }: (typeof gaps)[number]) => `/patients/${chart.id}/why/${encodeURIComponent(measure.id)}`
  const period = gaps[0]?.period
  return (
    <Section title={words.patient.gaps} note={period && periodName(period)}>
      {sorted.length === 0 && <p className="soft">{words.patient.noGaps}</p>}
      {patientId === null && chart.comingGaps === null && sorted.some(({ state }) => state === 'MET') && (
        <p className="soft small">{words.patient.comingUnknown}</p>
      )}
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
                    <Link to={whyOf(gap)} className="small screenOnly" aria-label={words.why.askOf(gap.measure.title)}>
                      {words.why.ask}
                    </Link>
                  </>
                )}
              </p>
              {gap.state === 'MET' && comingOn.has(gap.measure.id) && (
                <p className="soft small">{words.patient.comingOn(fullDay(comingOn.get(gap.measure.id)!))}</p>
              )}
              {gap.dueOn && <p className="soft small">{words.patient.dueOn(shortDay(gap.dueOn))}</p>}
              {patientId === null && <GapExceptions patientId={chart.id} gap={gap} onChange={onChange} />}
              {gap.evidence.length > 0 && (
                <GapEvidence patient={chart} evidence={gap.evidence} why={patientId === null ? whyOf(gap) : null} />
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
