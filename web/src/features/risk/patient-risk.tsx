import { Link } from 'react-router'
import { fullDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { TierOverrides, TierOverrides_risk } from './tier-overrides.tsx'
import styles from './patient-risk.module.css'

export const PatientRisk_patient = graphql(
  `
    fragment PatientRisk_patient on Patient {
      id
      deceased
      risk {
        tier
        tierTitle
        workedOutTier
        ...TierOverrides_risk
        segmentTitle
        opportunity
        reasons
        workedOutOn
        scores {
          model
          title
          score
          atMost
          band
          inputs {
            text
            points
            atMost
          }
        }
      }
    }
  `,
  [TierOverrides_risk],
)
type Risk = NonNullable<ResultOf<typeof PatientRisk_patient>['risk']>

const t = words.risk

/** Where a chart stands and why, in words first; what each model counted, line by line, on request. */
export function PatientRisk({ patient, onChange }: { patient: FragmentOf<typeof PatientRisk_patient>; onChange: () => void }) {
  const { id, risk, deceased } = readFragment(PatientRisk_patient, patient)
  if (deceased) return null
  return (
    <Section title={t.title} note={risk && t.asOf(fullDay(risk.workedOutOn))}>
      {risk ? <Standing risk={risk} patientId={id} onChange={onChange} /> : <p className="soft">{t.underWay}</p>}
    </Section>
  )
}

function Standing({ risk, patientId, onChange }: { risk: Risk; patientId: string; onChange: () => void }) {
  return (
    <>
      <p>
        <span className="strong">{t.tier(risk.tier, risk.tierTitle)}</span> · {risk.segmentTitle}
      </p>
      <TierOverrides patientId={patientId} risk={risk} onChange={onChange} />
      {risk.reasons.length > 0 ? (
        <ul aria-label={t.reasonsLabel} className={styles['reasons']}>
          {risk.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : (
        <p className="soft small">{t.noReasons}</p>
      )}
      <details className="screenOnly">
        <summary>{t.models}</summary>
        <dl className={styles['scores']}>
          {risk.scores
            .filter(({ model }) => model !== 'segment')
            .map((score) => (
              <div key={score.model}>
                <dt>
                  {score.title}: <span className="strong">{t.score(score.score, score.atMost, score.band)}</span>
                </dt>
                {score.inputs.map((input, index) => (
                  <dd key={index} className="small">
                    {t.line(input.text, input.points, input.atMost)}
                  </dd>
                ))}
              </div>
            ))}
        </dl>
        <p className="small">
          <Link to="/risk-models">{t.modelsLink}</Link>
        </p>
      </details>
      <p className="soft small">{t.without}</p>
    </>
  )
}
