import { Link } from 'react-router'
import { useQuery } from 'urql'
import { periodName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { noticeOf } from '../../lib/redisclosure.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { NoticeWith } from '../sharing/redisclosure-notice.tsx'
import styles from './comparisons.module.css'

const Moving = graphql(`
  query Movers_of {
    measureMovers(first: 50) {
      patientId
      familyName
      givenName
      title
      beforeVersion
      afterVersion
      period {
        start
        end
      }
      before
      after
      lost
      gained
    }
  }
`)

const t = words.comparisons

/** The practice's own people who would stand elsewhere under the version that the region last compared. Nothing when nobody would. */
export function Movers() {
  const [{ data, extensions }] = useQuery({ query: Moving })
  const movers = data?.measureMovers ?? []
  const [first] = movers
  if (!first) return null
  return (
    <Section title={t.movers} note={t.moversNote(first.title, first.beforeVersion, first.afterVersion, periodName(first.period))}>
      <PlainTable
        label={t.movers}
        head={t.moversHead}
        prose={[1, 2, 3]}
        rows={movers.map(({ patientId, familyName, givenName, before, after, lost, gained }) => [
          <Link key="patient" to={`/patients/${patientId}`}>
            {familyName}, {givenName}
          </Link>,
          t.places[before],
          t.places[after],
          <ul key="reasons" className={styles['reasons']}>
            {[...lost.map(t.lost), ...gained.map(t.gained)].slice(0, 3).map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>,
        ])}
      />
      <NoticeWith notice={noticeOf(extensions)} />
    </Section>
  )
}
