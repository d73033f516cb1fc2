import { Link } from 'react-router'
import { fullDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import styles from './patient-risk.module.css'

export const PatientRisk_patient = graphql(`
  fragment PatientRisk_patient on Patient {
    id
    deceased
    risk {
      tier
      tierTitle
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
`)
type Risk = NonNullable<ResultOf<typeof PatientRisk_patient>['risk']>

const t = words.risk

/** Where a chart stands and why, in words first; what each model counted, line by line, on request. */
export function PatientRisk({ patient }: { patient: FragmentOf<typeof PatientRisk_patient> }) {
  const { risk, deceased } = readFragment(PatientRisk_patient, patient)
  if (deceased) return null
  return (
    <Section title={t.title} note={risk && t.asOf(fullDay(risk.workedOutOn))}>
      {risk ? <Standing risk={risk} /> : <p className="soft">{t.underWay}</p>}
    </Section>
  )
}

function Standing({ risk }: { risk: Risk }) {
  return (
    <>
      <p>
        <span className="strong">{t.tier(risk.tier, risk.tierTitle)}</span> · {risk.segmentTitle}
      </p>
      {risk.reasons.length > 0 ? (
        <ul className={styles['reasons']}>
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
