import { useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { percentFine } from '../../lib/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ComparisonsOf } from '../measure-comparisons/comparisons.tsx'
import { ActivateMeasure } from './activate-measure.tsx'
import { DeckCheckFacts, DeckChecks } from './deck-checks.tsx'
import { PackageData, PackageDataOf } from './package-data.tsx'
import { PackageFacts, PackageFactsOf } from './package-facts.tsx'
import { PackageGroups, PackageGroupsOf } from './package-groups.tsx'
import { Term, Version, yearsOf } from './package-parts.ts'
import styles from './package-page.module.css'

const Package = graphql(
  `
    query PackagePage_package($hash: String!) {
      measurePackage(hash: $hash) {
        ...PackageFactsOf
        ...PackageGroupsOf
        ...PackageDataOf
        package {
          ...Version
        }
        cql
        warnings {
          subject
          message
        }
        terms {
          ...Term
        }
        deckChecks {
          ...DeckCheckFacts
        }
      }
    }
  `,
  [PackageFactsOf, PackageGroupsOf, PackageDataOf, Version, Term, DeckCheckFacts],
)
type Shown = NonNullable<ResultOf<typeof Package>['measurePackage']>

const t = words.packages

/** One version of a measure: what it counts and how, in words; what it needs; its test cases; what was agreed on. */
export function Component() {
  const { hash = '' } = useParams()
  const [result, again] = useQuery({ query: Package, variables: { hash } })
  const [agreeing, setAgreeing] = useState(false)
  const refresh = () => again({ requestPolicy: 'network-only' })
  const found = result.data?.measurePackage
  return (
    <Page
      title={found?.package.title ?? t.title}
      tab={t.title}
      answer={found && <p className={styles['description']}>{found.description}</p>}
      action={
        found && (
          <Button look="primary" icon="sign" onClick={() => setAgreeing(true)}>
            {t.agree}
          </Button>
        )
      }
    >
      <Loaded result={result} height={600} retry={refresh}>
        {({ measurePackage }) =>
          measurePackage ? <Parts shown={measurePackage} refresh={refresh} /> : <Empty title={t.missing}>{t.missingAdvice}</Empty>
        }
      </Loaded>
      {agreeing && found && (
        <ActivateMeasure
          version={found.package}
          target={found.terms[0]?.target ?? null}
          onClose={() => setAgreeing(false)}
          onDone={refresh}
        />
      )}
    </Page>
  )
}

function Parts({ shown, refresh }: { shown: Shown; refresh: () => void }) {
  return (
    <div className={styles['parts']}>
      <div className={styles['main']}>
        {shown.warnings.length > 0 && (
          <Notice title={t.warnings}>
            <ul>
              {shown.warnings.map(({ subject, message }) => (
                <li key={`${subject} ${message}`}>
                  {subject}: {message}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <PackageGroups page={shown} />
        <ComparisonsOf hash={shown.package.hash} title={shown.package.title} />
        <DeckChecks packageHash={shown.package.hash} checks={shown.deckChecks} refresh={refresh} />
        <PackageData page={shown} />
        {shown.cql !== null && (
          <Section title={t.source} note={t.sourceNote}>
            <pre className={styles['source']} tabIndex={0} aria-label={t.source}>
              {shown.cql}
            </pre>
          </Section>
        )}
      </div>
      <div className={styles['side']}>
        <PackageFacts page={shown} />
        <Section title={t.terms}>
          {shown.terms.length === 0 ? (
            <p className="soft">{t.noTerms}</p>
          ) : (
            <PlainTable
              label={t.terms}
              head={t.termHead}
              prose={[3, 4]}
              rows={shown.terms.map((term) => [
                yearsOf(term.startsOn, term.endsOn),
                term.version ?? t.retired,
                term.target === null ? '' : percentFine(term.target),
                term.agreedWith,
                term.agreedBy ?? t.shipped,
                <At key="at" instant={term.agreedAt} />,
              ])}
            />
          )}
        </Section>
      </div>
    </div>
  )
}
