import type { ReactNode } from 'react'
import styles from './empty.module.css'

/** Why nothing is here, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p className="strong">{title}</p>
      {children && <p className="soft">{children}</p>}
      {action}
    </div>
  )
}
