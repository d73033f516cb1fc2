import { type ComponentProps, type ReactNode, useId } from 'react'
import styles from './field.module.css'
import { Icon } from './icon.tsx'

type Frame = { label: string; hint?: string; error?: string | undefined; hideLabel?: boolean }

export function TextField({ label, hint, error, hideLabel, ...rest }: Frame & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Framed {...{ id, label, hint, error, hideLabel }}>
      <input
        id={id}
        className={styles['control']}
        aria-invalid={error ? true : undefined}
        aria-describedby={noteId(id, hint, error)}
        {...rest}
      />
    </Framed>
  )
}

/** `code` for keys and the like, in letters of one width. */
export function TextAreaField({ label, hint, error, hideLabel, code, ...rest }: Frame & { code?: boolean } & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <Framed {...{ id, label, hint, error, hideLabel }}>
      <textarea
        id={id}
        className={`${styles['control']} ${styles['text']} ${code ? styles['code'] : ''}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={noteId(id, hint, error)}
        {...rest}
      />
    </Framed>
  )
}

/** One file. */
export function FileField({
  label,
  hint,
  error,
  hideLabel,
  onFile,
  ...rest
}: Frame & { onFile: (file: File | null) => void } & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Framed {...{ id, label, hint, error, hideLabel }}>
      <input
        id={id}
        type="file"
        className={styles['control']}
        aria-describedby={noteId(id, hint, error)}
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        {...rest}
      />
    </Framed>
  )
}

/** The system's own list: it works with every keyboard, screen reader and phone. */
export function SelectField({ label, hint, error, hideLabel, children, ...rest }: Frame & ComponentProps<'select'>) {
  const id = useId()
  return (
    <Framed {...{ id, label, hint, error, hideLabel }}>
      <span className={styles['select']}>
        <select id={id} className={styles['control']} aria-describedby={noteId(id, hint, error)} {...rest}>
          {children}
        </select>
        <Icon name="down" />
      </span>
    </Framed>
  )
}

function Framed({ id, label, hint, error, hideLabel, children }: Frame & { id: string; children: ReactNode }) {
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={hideLabel ? 'visuallyHidden' : styles['label']}>
        {label}
      </label>
      {children}
      {(error ?? hint) && (
        <p id={noteId(id, hint, error)} className={error ? styles['error'] : 'soft small'}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}

const noteId = (id: string, hint?: string, error?: string): string | undefined => (hint || error ? `${id}-note` : undefined)
