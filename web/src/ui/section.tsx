import { type ReactNode, useId } from 'react'
import styles from './section.module.css'

/** A titled part of a page, a landmark for those who jump by heading. */
export function Section({
  title,
  note,
  aside,
  children,
  className = '',
}: {
  title: string
  note?: ReactNode
  aside?: ReactNode
  children: ReactNode
  className?: string | undefined
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`${styles['section']} ${className}`}>
      <div className={styles['head']}>
        <div className={styles['title']}>
          <h2 id={id}>{title}</h2>
          {note && <p className="soft small">{note}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  )
}
