import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { words } from '../words/index.ts'
import { Button } from './button.tsx'
import styles from './side-panel.module.css'

/** What a row says more of, beside its table: not modal, so that the list stays in reach. On a phone it covers the page. */
export function SidePanel({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const id = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <aside className={`${styles['panel']} screenOnly`} aria-labelledby={id} onKeyDown={onKeyDown}>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" icon="close" label={words.actions.close} onClick={onClose} />
      </div>
      <div className={styles['body']}>{children}</div>
    </aside>
  )
}

/** A table and, when a row is open, the panel beside it. */
export function BesidePanel({ children, panel }: { children: ReactNode; panel: ReactNode }) {
  return (
    <div className={styles['beside']}>
      {children}
      {panel}
    </div>
  )
}
