import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { DraftForm, DraftOf } from './draft-form.tsx'
import { Trials, TrialsOf } from './draft-trials.tsx'
import styles from './draft-page.module.css'
import { Vocabulary, VocabularyOf } from './vocabulary.tsx'

const Draft = graphql(
  `
    query DraftPage_draft($id: ID!, $isNew: Boolean!) {
      measureDraft(id: $id) @skip(if: $isNew) {
        ...DraftOf
        ...TrialsOf
      }
      cqlVocabulary {
        ...VocabularyOf
      }
    }
  `,
  [DraftOf, TrialsOf, VocabularyOf],
)

const t = words.drafts

/** A regional measure as it is written: the text with its mistakes marked, what can be built upon, trials, and publishing. */
export function Component() {
  const { id = '' } = useParams()
  const isNew = id === 'new'
  const [result, again] = useQuery({ query: Draft, variables: { id, isNew } })
  const refresh = () => again({ requestPolicy: 'network-only' })
  const draft = result.data?.measureDraft
  return (
    <Page title={draft?.title ?? t.write} tab={t.title} answer={<p className="soft">{t.explained}</p>}>
      <Loaded result={result} height={700} retry={refresh}>
        {({ cqlVocabulary }) =>
          isNew || draft ? (
            <div className={styles['parts']}>
              <DraftForm key={draft?.id ?? 'new'} draft={draft ?? null} vocabulary={cqlVocabulary} refresh={refresh} />
              <div className={styles['side']}>
                {draft && <Trials draft={draft} refresh={refresh} />}
                <Vocabulary vocabulary={cqlVocabulary} />
              </div>
            </div>
          ) : (
            <Empty title={t.missing}>{words.packages.missingAdvice}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}
