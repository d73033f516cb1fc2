import type { ReactNode } from 'react'
import styles from './choices.module.css'

/** A group of checkboxes or of radio buttons under one question. */
export function Choices({ legend, hint, children }: { legend: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className={styles['choices']}>
      <legend>{legend}</legend>
      {hint && <p className="soft small">{hint}</p>}
      {children}
    </fieldset>
  )
}

export function Check({
  label,
  hint,
  checked,
  disabled,
  required,
  onChange,
}: {
  label: string
  hint?: string | undefined
  checked: boolean
  disabled?: boolean
  required?: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <label className={styles['choice']}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        required={required}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className="soft small"> {hint}</span>}
      </span>
    </label>
  )
}
