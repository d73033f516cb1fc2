import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { daysOf, type PeriodDays } from '../../lib/scores.ts'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Breakdowns } from './breakdowns.tsx'
import { Stratified } from './strata-parts.ts'
import styles from './choice.module.css'

const RegionStrataOf = graphql(
  `
    query RegionStrata_region($measure: String!, $practice: ID, $period: PeriodInput) {
      region {
        strata(measure: $measure, practice: $practice, period: $period) {
          ...Stratified
        }
      }
    }
  `,
  [Stratified],
)

type Named = readonly { id: string; title: string }[]

/** One measure of the region, or of one of its practices, by the groups that were agreed on. */
export function RegionStrata({ measures, practices, period }: { measures: Named; practices: Named; period: PeriodDays | undefined }) {
  const address = useAddress()
  const chosen = measures.find(({ id }) => id === address.get('within')) ?? measures[0]
  const practice = practices.find(({ id }) => id === address.get('place'))?.id ?? null
  const [result, again] = useQuery({
    query: RegionStrataOf,
    variables: { measure: chosen?.id ?? '', practice, period: period ? daysOf(period) : null },
    pause: !chosen,
  })
  if (!chosen) return null
  const figuresAt = result.data?.region.strata?.figuresAt
  return (
    <Section
      title={words.strata.title}
      note={
        <>
          {words.strata.note}
          {figuresAt && (
            <>
              . {words.strata.asOfRun} <At instant={figuresAt} clock />
            </>
          )}
        </>
      }
    >
      <div className={styles['choice']}>
        <SelectField label={words.strata.measure} value={chosen.id} onChange={({ target }) => address.set({ within: target.value })}>
          {measures.map(optionOf)}
        </SelectField>
        <SelectField label={words.strata.place} value={practice ?? ''} onChange={({ target }) => address.set({ place: target.value })}>
          <option value="">{words.strata.region}</option>
          {practices.map(optionOf)}
        </SelectField>
      </div>
      <Loaded result={result} height={320} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ region }) => <Breakdowns score={region.strata} />}
      </Loaded>
    </Section>
  )
}

const optionOf = ({ id, title }: Named[number]) => (
  <option key={id} value={id}>
    {title}
  </option>
)
