import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import styles from './hours-field.module.css'

/** A stretch of a weekday as it is being typed: times as `08:30`. */
export interface TypedHours {
  readonly weekday: number
  readonly from: string
  readonly until: string
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Those that are whole: a time that is being typed is none yet. */
export const typedHours = (rows: readonly TypedHours[]) =>
  rows
    .filter(({ from, until }) => from !== '' && until !== '')
    .map(({ weekday, from, until }) => ({ weekday, from: minutesOf(from), until: until === '00:00' ? 1440 : minutesOf(until) }))

/** The hours of an ordinary week, one stretch a line. */
export function HoursField({ rows, onChange }: { rows: readonly TypedHours[]; onChange: (rows: readonly TypedHours[]) => void }) {
  const text = words.careManagers
  const change = (index: number, part: Partial<TypedHours>) => onChange(rows.map((row, i) => (i === index ? { ...row, ...part } : row)))
  const next = { weekday: ((rows.at(-1)?.weekday ?? 0) % 7) + 1, from: rows.at(-1)?.from ?? '08:00', until: rows.at(-1)?.until ?? '12:00' }
  return (
    <fieldset className={styles['hours']}>
      <legend>{text.hours}</legend>
      {rows.length === 0 && <p className="soft small">{text.noHours}</p>}
      {rows.map(({ weekday, from, until }, index) => (
        <div key={index} className={styles['row']}>
          <SelectField
            label={text.weekdayOf(index + 1)}
            hideLabel
            value={weekday}
            onChange={(event) => change(index, { weekday: Number(event.target.value) })}
          >
            {words.workforce.longWeekdays.map((name, i) => (
              <option key={name} value={i + 1}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField
            label={text.fromOf(index + 1)}
            hideLabel
            type="time"
            required
            value={from}
            onChange={(event) => change(index, { from: event.target.value })}
          />
          <TextField
            label={text.untilOf(index + 1)}
            hideLabel
            type="time"
            required
            value={until}
            onChange={(event) => change(index, { until: event.target.value })}
          />
          <Button
            look="quiet"
            icon="close"
            label={text.removeHoursOf(index + 1)}
            onClick={() => onChange(rows.filter((_, i) => i !== index))}
          />
        </div>
      ))}
      <Button onClick={() => onChange([...rows, next])}>{text.addHours}</Button>
    </fieldset>
  )
}
