import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { AHEAD, type Ahead } from './use-coming.ts'

interface Choice {
  readonly id: string
  readonly title: string
  /** People whose gap in it is open. */
  readonly open?: number
}

/** People with an open gap, or, once a time ahead is chosen, those whose closed gap comes due in it. */
export function GapFilters(props: {
  measures: readonly Choice[]
  measure: string | null
  ahead: Ahead | null
  onMeasure: (id: string) => void
  onAhead: (days: string) => void
}) {
  const { measures, measure, ahead, onMeasure, onAhead } = props
  const isOpen = ahead === null
  return (
    <>
      <SelectField
        label={isOpen ? words.registry.gap : words.registry.measure}
        hideLabel
        value={measure ?? ''}
        onChange={(event) => onMeasure(event.target.value)}
      >
        <option value="">{isOpen ? words.registry.anyGap : words.registry.anyMeasure}</option>
        {measures.map(({ id, title, open }) => (
          <option key={id} value={id}>
            {isOpen && open !== undefined ? words.registry.choice(title, open) : title}
          </option>
        ))}
      </SelectField>
      <SelectField label={words.registry.due} hideLabel value={ahead ?? ''} onChange={(event) => onAhead(event.target.value)}>
        <option value="">{words.registry.anyDue}</option>
        {AHEAD.map((days) => (
          <option key={days} value={days}>
            {words.registry.dueWithin(words.registry.ahead[days])}
          </option>
        ))}
      </SelectField>
    </>
  )
}
