import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { daysOf, type PeriodDays } from '../../lib/scores.ts'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Breakdowns } from './breakdowns.tsx'
import styles from './choice.module.css'
import { Stratified } from './strata-parts.ts'

const PracticeStrataOf = graphql(
  `
    query PracticeStrata_practice($measure: String!, $period: PeriodInput) {
      practice {
        strata(measure: $measure, period: $period) {
          ...Stratified
        }
      }
    }
  `,
  [Stratified],
)

type Properties = { measures: readonly { id: string; title: string }[]; period: PeriodDays | undefined }

/** One measure of the practice, by the groups that the region agreed on. */
export function PracticeStrata({ measures, period }: Properties) {
  const address = useAddress()
  const chosen = measures.find(({ id }) => id === address.get('within')) ?? measures[0]
  const [result, again] = useQuery({
    query: PracticeStrataOf,
    variables: { measure: chosen?.id ?? '', period: period ? daysOf(period) : null },
    pause: !chosen,
  })
  const refresh = () => again({ requestPolicy: 'network-only' })
  useMoved('charts', refresh)
  if (!chosen) return null
  return (
    <Section title={words.strata.title} note={words.strata.note}>
      <div className={styles['choice']}>
        <SelectField label={words.strata.measure} value={chosen.id} onChange={({ target }) => address.set({ within: target.value })}>
          {measures.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </SelectField>
      </div>
      <Loaded result={result} height={320} retry={refresh}>
        {({ practice }) => <Breakdowns score={practice.strata} />}
      </Loaded>
    </Section>
  )
}
