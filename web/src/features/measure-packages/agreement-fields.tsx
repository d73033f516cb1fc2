import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

const t = words.packages
const THIS_YEAR = new Date().getFullYear()
const YEARS = Array.from({ length: 6 }, (_, index) => String(THIS_YEAR - 2 + index))

export type Agreed = { readonly first: string; readonly last: string; readonly agreedWith: string }
export const agreedFrom = (year: string): Agreed => ({ first: year, last: '', agreedWith: '' })

/** As the API takes it. */
export const termOf = ({ first, last, agreedWith }: Agreed) => ({
  startsOn: `${first}-01-01`,
  endsOn: last === '' ? null : `${last}-12-31`,
  agreedWith,
})

/** For which years, and with whom it was agreed. */
export function AgreementFields({ value, onChange }: { value: Agreed; onChange: (next: Agreed) => void }) {
  const years = YEARS.includes(value.first) ? YEARS : [value.first, ...YEARS]
  return (
    <>
      <SelectField label={t.firstYear} value={value.first} onChange={({ target }) => onChange({ ...value, first: target.value })}>
        {years.map((year) => (
          <option key={year}>{year}</option>
        ))}
      </SelectField>
      <SelectField label={t.lastYear} value={value.last} onChange={({ target }) => onChange({ ...value, last: target.value })}>
        <option value="">{t.openEnd}</option>
        {years
          .filter((year) => year >= value.first)
          .map((year) => (
            <option key={year}>{year}</option>
          ))}
      </SelectField>
      <TextField
        label={t.agreedWith}
        hint={t.agreedWithHint}
        required
        maxLength={200}
        value={value.agreedWith}
        onChange={({ target }) => onChange({ ...value, agreedWith: target.value })}
      />
    </>
  )
}
