import type { ReactNode } from 'react'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './package-facts.module.css'

export const PackageFactsOf = graphql(`
  fragment PackageFactsOf on PackagePage @_unmask {
    name
    url
    description
    publisher
    copyright
    disclaimer
    package {
      hash
      version
      improvement
      loadedAt
      loadedBy
    }
  }
`)

const t = words.packages

/** Which version this is, where it comes from and under whose terms. */
export function PackageFacts({ page }: { page: ResultOf<typeof PackageFactsOf> }) {
  const { version, hash, improvement, loadedAt, loadedBy } = page.package
  return (
    <Section title={page.name}>
      <dl className={styles['facts']}>
        <Fact name={t.facts.version}>{version}</Fact>
        <Fact name={t.facts.hash}>
          <code>{hash}</code>
        </Fact>
        <Fact name={t.facts.url}>{page.url}</Fact>
        {page.publisher && <Fact name={t.facts.publisher}>{page.publisher}</Fact>}
        <Fact name={t.facts.direction}>{t.directions[improvement]}</Fact>
        <Fact name={t.facts.loaded}>
          <At instant={loadedAt} clock /> {loadedBy ?? t.shipped}
        </Fact>
        {page.copyright && (
          <Fact name={t.facts.copyright}>
            <span className={styles['small']}>{page.copyright}</span>
          </Fact>
        )}
        {page.disclaimer && (
          <Fact name={t.facts.disclaimer}>
            <span className={styles['small']}>{page.disclaimer}</span>
          </Fact>
        )}
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
