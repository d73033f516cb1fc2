import { useState } from 'react'
import { useSettled } from '../lib/settled.ts'
import { TextField } from './field.tsx'
import styles from './search-field.module.css'

/** What somebody searches for, once the typing pauses, and the field to type it in. It stands in no address: it may be a name. */
export function useSearch(): { search: string | null; field: { value: string; onChange: (value: string) => void } } {
  const [value, onChange] = useState('')
  return { search: useSettled(value.trim()) || null, field: { value, onChange } }
}

/** A list short enough to be read at a glance needs no search. */
const GLANCE = 8

/** Appears with a list of some length, and stays while it is searched. */
export function SearchField({
  label,
  total,
  value,
  onChange,
}: {
  label: string
  total: number
  value: string
  onChange: (value: string) => void
}) {
  const [isShown, setShown] = useState(false)
  if (total > GLANCE && !isShown) setShown(true)
  if (!isShown) return null
  return (
    <form className={`${styles['search']} screenOnly`} role="search" onSubmit={(event) => event.preventDefault()}>
      <TextField
        hideLabel
        label={label}
        placeholder={label}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </form>
  )
}
