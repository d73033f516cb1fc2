import { periodName } from '../lib/dates.ts'
import { words } from '../words/index.ts'
import { SelectField } from './field.tsx'

type PeriodDays = { start: string; end: string }
/** A period in an address: `2025-01-01_2025-12-31`. */
export const keyOfPeriod = (period: PeriodDays): string => `${period.start}_${period.end}`

/** The period an address asks for, if it is one of those published; otherwise undefined: the newest that has something to show. */
export const periodFrom = (key: string | null): PeriodDays | undefined => {
  const match = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$/.exec(key ?? '')
  return match ? { start: match[1] as string, end: match[2] as string } : undefined
}

/** Chooses one of the published periods, newest first. */
export function PeriodSelect({
  periods,
  chosen,
  onChoose,
}: {
  periods: readonly PeriodDays[]
  chosen: PeriodDays | undefined
  onChoose: (key: string) => void
}) {
  if (periods.length === 0) return null
  return (
    <SelectField
      label={words.measures.period}
      hideLabel
      value={keyOfPeriod(chosen ?? (periods[0] as PeriodDays))}
      onChange={(event) => onChoose(event.target.value)}
    >
      {periods.map((period) => (
        <option key={keyOfPeriod(period)} value={keyOfPeriod(period)}>
          {periodName(period)}
        </option>
      ))}
    </SelectField>
  )
}
