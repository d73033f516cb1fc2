import { words } from '../words/index.ts'
import { SelectField } from './field.tsx'

const YEARS = Array.from({ length: 4 }, (_, index) => String(new Date().getFullYear() - index))
export const THIS_YEAR = YEARS[0]!

/** Chooses one of the last years, this one first. */
export function YearSelect({ year, onChoose }: { year: string; onChoose: (year: string) => void }) {
  return (
    <SelectField label={words.packages.year} value={year} onChange={({ target }) => onChoose(target.value)}>
      {YEARS.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </SelectField>
  )
}
