import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

/** Shows that a letter to a patient reached the right person. */
export function BirthDate({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      label={words.join.birthDate}
      hint={words.join.birthDateHint}
      type="date"
      required
      autoComplete="bday"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
