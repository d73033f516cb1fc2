import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { count } from '../../lib/numbers.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Sparkline } from '../../ui/charts/sparkline.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { RegistryDesk } from './registry-desk.tsx'
import { RegistryMovers } from './registry-movers.tsx'
import { RegistryNotes, RegistryNotes_registry } from './registry-notes.tsx'

const Registries = graphql(
  `
    query RegistriesPage_registries {
      registries {
        id
        title
        size
        countedSince
        flows {
          days
          entered
          left
        }
        sizes {
          on
          size
        }
        ...RegistryNotes_registry
      }
      retiredRegistries {
        id
        title
        retiredAt
        agreedWith
      }
    }
  `,
  [RegistryNotes_registry],
)
type Registry = ResultOf<typeof Registries>['registries'][number]

/** Which conditions this practice has how many people with, who came and went, and what exactly is counted. */
export function Component() {
  const may = useMay()
  const [result, again] = useQuery({ query: Registries })
  const refresh = () => again({ requestPolicy: 'network-only' })
  useMoved('charts', refresh, may('read', 'ClinicalRecord'))
  const largest = (result.data?.registries ?? []).reduce<Registry | null>(
    (most, one) => ((one.size ?? 0) > (most?.size ?? 0) ? one : most),
    null,
  )
  return (
    <Page
      title={words.registries.title}
      tab={words.registries.title}
      answer={
        result.data && (
          <p>
            {largest ? (
              words.registries.answer(largest.title, largest.size ?? 0)
            ) : (
              <span className="soft">{words.registries.notCounted}</span>
            )}
          </p>
        )
      }
    >
      <Loaded result={result} height={360} retry={refresh}>
        {({ registries }) =>
          registries.length === 0 ? (
            <Empty title={words.registries.none}>{words.registries.noneAdvice}</Empty>
          ) : (
            <>
              {may('read', 'Chart') ? <Sizes registries={registries} /> : <RegionSizes registries={registries} />}
              <RegistryNotes registries={registries} />
            </>
          )
        }
      </Loaded>
      {may('read', 'Chart') && may('read', 'ClinicalRecord') && <RegistryMovers />}
      {may('start', 'Registry') && <RegistryDesk onChange={refresh} />}
      <Retired registries={result.data?.retiredRegistries ?? []} />
    </Page>
  )
}

function Sizes({ registries }: { registries: readonly Registry[] }) {
  return (
    <Section title={words.registries.table} note={words.registries.note}>
      <PlainTable
        label={words.registries.table}
        head={words.registries.head}
        rows={registries.map((one) => [
          <Link key="to" to={`/registry?registry=${encodeURIComponent(one.id)}`}>
            {one.title}
          </Link>,
          one.size === null ? <span className="soft">{words.registries.unknown}</span> : count(one.size),
          ...one.flows.flatMap(({ entered, left }) => [count(entered), count(left)]),
          <Course key="course" registry={one} />,
          one.countedSince && <OnDay day={one.countedSince} />,
        ])}
      />
    </Section>
  )
}

/** Of two weeks a line would say more than is known. */
const FEWEST = 3

function Course({ registry: { title, sizes } }: { registry: Registry }) {
  if (sizes.length < FEWEST) return <span className="soft small">{words.registries.tooShort}</span>
  return (
    <Sparkline
      points={sizes.map(({ on, size }) => ({ at: on, value: size }))}
      spoken={words.registries.course(title, sizes[0]!.size, sizes.at(-1)!.size)}
    />
  )
}

function RegionSizes({ registries }: { registries: readonly Registry[] }) {
  return (
    <Section title={words.registries.table} note={words.registries.regionNote}>
      <PlainTable
        label={words.registries.table}
        head={words.registries.regionHead}
        rows={registries.map(({ title, size }) => [
          title,
          size === null ? <span className="soft">{words.registries.hidden}</span> : count(size),
        ])}
      />
    </Section>
  )
}

function Retired({ registries }: { registries: ResultOf<typeof Registries>['retiredRegistries'] }) {
  if (registries.length === 0) return null
  return (
    <Section title={words.registries.retired} note={words.registries.retiredNote}>
      <PlainTable
        label={words.registries.retired}
        head={words.registries.retiredHead}
        rows={registries.map(({ id, title, retiredAt, agreedWith }) => [title, <At key={id} instant={retiredAt} />, agreedWith])}
      />
    </Section>
  )
}
