import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { noticeOf } from '../../lib/redisclosure.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { NoticeWith } from '../sharing/redisclosure-notice.tsx'

const MOST = 100
const Moving = graphql(`
  query RegistryMovers_of($first: Int!) {
    registryMovers(first: $first) {
      patientId
      familyName
      givenName
      registry
      title
      beforeVersion
      afterVersion
      move
      reasons {
        clause
        part
        change
      }
    }
  }
`)
type Mover = ResultOf<typeof Moving>['registryMovers'][number]

const t = words.registries.movers

/** Own people who would come into a registry or leave it by the version that the region looks at. Nothing when nobody would. */
export function RegistryMovers() {
  const [{ data, extensions }] = useQuery({ query: Moving, variables: { first: MOST } })
  const byRegistry = Map.groupBy(data?.registryMovers ?? [], ({ registry }) => registry)
  if (byRegistry.size === 0) return null
  return (
    <>
      {[...byRegistry].map(([registry, movers]) => (
        <One key={registry} movers={movers} />
      ))}
      {(data?.registryMovers.length ?? 0) === MOST && <p className="soft small">{t.first(MOST)}</p>}
      <NoticeWith notice={noticeOf(extensions)} />
    </>
  )
}

function One({ movers }: { movers: readonly Mover[] }) {
  const { title, beforeVersion, afterVersion } = movers[0]!
  return (
    <Section title={t.title(title)} note={t.note(beforeVersion, afterVersion)}>
      <PlainTable
        label={t.title(title)}
        head={t.head}
        prose={[1, 2]}
        rows={movers.map(({ patientId, familyName, givenName, move, reasons }) => [
          <Link key="patient" to={`/patients/${patientId}`}>
            {familyName}, {givenName}
          </Link>,
          t.moves[move],
          reasons.map(({ clause, part, change }) => words.registries.compared.clause(clause, part, change)).join('; '),
        ])}
      />
    </Section>
  )
}
