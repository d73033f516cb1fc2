import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { Icon } from '../../ui/icon.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

export const PackageDataOf = graphql(`
  fragment PackageDataOf on PackagePage @_unmask {
    libraries {
      name
      version
      hash
    }
    valueSets {
      url
      title
      codes
      note
    }
    requirements {
      type
      path
      codes
      valueSets
      orProfile
      dates
      elements
    }
  }
`)

const t = words.packages

/** What a package is made of and what it asks of charts. */
export function PackageData({ page }: { page: ResultOf<typeof PackageDataOf> }) {
  const codes = page.valueSets.reduce((sum, valueSet) => sum + valueSet.codes, 0)
  return (
    <>
      <Section title={t.valueSets} note={t.valueSetsNote(page.valueSets.length, codes)}>
        <PlainTable
          label={t.valueSets}
          head={t.valueSetHead}
          prose={[2]}
          rows={page.valueSets.map(({ url, title, codes: own, note }) => [
            <span key="title" title={url}>
              {title || url}
            </span>,
            count(own),
            note === null ? (
              <span key="note" className="soft">
                {t.whole}
              </span>
            ) : (
              <span key="note">
                <Icon name="alert" size={14} /> {t.truncated(note)}
              </span>
            ),
          ])}
        />
      </Section>
      <Section title={t.requirements}>
        <PlainTable
          label={t.requirements}
          head={t.requirementHead}
          prose={[1, 2, 3, 4]}
          rows={page.requirements.map(({ type, path, codes: own, valueSets, orProfile, dates, elements }) => [
            type,
            path ?? '',
            own === null ? t.allCodes : t.codes(own, valueSets, orProfile),
            dates ?? t.anyDate,
            elements.join(', '),
          ])}
        />
      </Section>
      <Section title={t.libraries}>
        <PlainTable
          label={t.libraries}
          head={t.libraryHead}
          prose={[1, 2]}
          rows={page.libraries.map(({ name, version, hash }) => [
            name,
            version,
            <code key="hash" title={hash}>
              {hash.slice(0, 12)}
            </code>,
          ])}
        />
      </Section>
    </>
  )
}
