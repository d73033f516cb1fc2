import { Link } from 'react-router'
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { monthName } from '../../lib/dates.ts'
import { count } from '../../lib/numbers.ts'
import { Sparkline } from '../../ui/charts/sparkline.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

const t = words.results

export const Flow_registry = graphql(`
  fragment Flow_registry on Registry {
    id
    title
    size
    flows {
      days
      entered
      left
    }
    months {
      startsOn
      entered
      left
      size
    }
    sizes {
      on
      size
    }
  }
`)

const DAYS = 90
/** Of two weeks a line would say more than is known. */
const FEWEST = 3

const SHOWN_MONTHS = 6

/** Who came and went, month by month; nothing while counting has not seen a month begin. */
function ByMonth({ known }: { known: readonly ResultOf<typeof Flow_registry>[] }) {
  const months = [...new Set(known.flatMap(({ months }) => months.map(({ startsOn }) => startsOn)))].sort().slice(-SHOWN_MONTHS)
  if (months.length < 2) return null
  return (
    <PlainTable
      label={t.registriesByMonth}
      head={[t.registriesByMonth, ...months.map(monthName)]}
      rows={known.map((registry) => [
        registry.title,
        ...months.map((startsOn) => {
          const month = registry.months.find((one) => one.startsOn === startsOn)
          return month && t.atMonthsEnd(month.size, month.entered, month.left)
        }),
      ])}
    />
  )
}

/** How many people each registry has, and who came and went. */
export function Flow({ registries }: { registries: readonly FragmentOf<typeof Flow_registry>[] }) {
  const known = registries.map((one) => readFragment(Flow_registry, one)).filter(({ size }) => size !== null)
  if (known.length === 0) return null
  return (
    <Section title={t.registries} note={t.registriesNote}>
      <PlainTable
        label={t.registries}
        head={t.registriesHead}
        rows={known.map(({ id, title, size, flows, sizes }) => {
          const flow = flows.find(({ days }) => days === DAYS)
          return [
            title,
            <Link key="to" to={`/registry?registry=${encodeURIComponent(id)}`} aria-label={`${count(size ?? 0)}, ${title}`}>
              {count(size ?? 0)}
            </Link>,
            flow && count(flow.entered),
            flow && count(flow.left),
            sizes.length < FEWEST ? (
              <span className="soft">{words.registries.tooShort}</span>
            ) : (
              <Sparkline
                points={sizes.map(({ on, size }) => ({ at: on, value: size }))}
                spoken={words.registries.course(title, sizes[0]?.size ?? 0, sizes.at(-1)?.size ?? 0)}
              />
            ),
          ]
        })}
      />
      <ByMonth known={known} />
    </Section>
  )
}
