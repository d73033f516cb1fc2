import { useQuery } from 'urql'
import { fullDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import styles from './models-page.module.css'

const Models = graphql(`
  query ModelsPage_riskModels {
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
  }
`)
type Model = ResultOf<typeof Models>['riskModels'][number]

const t = words.risk.page

/** What ranks patients: of each model a card that says what it is before anybody trusts it. */
export function Component() {
  const [result, again] = useQuery({ query: Models })
  return (
    <Page title={t.title} tab={t.title} answer={<p>{t.answer}</p>}>
      <Loaded result={result} height={640} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ riskModels }) => (
          <div className={styles['cards']}>
            {riskModels.map((model) => (
              <Card key={model.key} model={model} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Card({ model }: { model: Model }) {
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
