import type { ReactNode } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { fullDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { type Band, bandsOf, Calibration, Calibration_band } from './calibration.tsx'
import styles from './models-page.module.css'

const Models = graphql(
  `
    query ModelsPage_riskModels($clinical: Boolean!) {
      riskModels {
        key
        title
        version
        validFrom
        what
        predicts
        sources {
          words
          url
        }
        weights {
          text
          points
        }
        limits
      }
      tierOverrideCounts @include(if: $clinical) {
        live
        raised
        lowered
        confirmed
      }
      riskCalibration {
        ...Calibration_band
      }
    }
  `,
  [Calibration_band],
)
type Model = ResultOf<typeof Models>['riskModels'][number]

const t = words.risk.page

/** What ranks patients: of each model a card that says what it is before anybody trusts it. */
export function Component() {
  const clinical = useMay()('read', 'ClinicalRecord')
  const [result, again] = useQuery({ query: Models, variables: { clinical } })
  return (
    <Page title={t.title} tab={t.title} answer={<p>{t.answer}</p>}>
      <Loaded result={result} height={640} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ riskModels, riskCalibration, tierOverrideCounts }) => (
          <div className={styles['cards']}>
            {riskModels.map((model) => (
              <Card key={model.key} model={model} bands={bandsOf(riskCalibration, model.key)}>
                {model.key === 'tier' && tierOverrideCounts && <p>{t.overrides(tierOverrideCounts)}</p>}
              </Card>
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Card({ model, bands, children }: { model: Model; bands: readonly Band[] | null; children: ReactNode }) {
  return (
    <Section title={model.title} note={t.since(fullDay(model.validFrom), model.version)}>
      <p>{model.what}</p>
      <p>
        <span className="strong">{t.predicts}</span> {model.predicts}
      </p>
      <h3>{t.limits}</h3>
      <ul className={styles['list']}>
        {model.limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      {children}
      {bands && <Calibration title={model.title} bands={bands} />}
      <details>
        <summary>{t.weights}</summary>
        <PlainTable label={t.weightsOf(model.title)} head={t.weightsHead} rows={model.weights.map(({ text, points }) => [text, points])} />
      </details>
      <p className="soft small">
        {t.sources}{' '}
        {model.sources.map(({ words: source, url }, index) => (
          <span key={source}>
            {index > 0 && '; '}
            {url === null ? source : <a href={url}>{source}</a>}
          </span>
        ))}
      </p>
    </Section>
  )
}
