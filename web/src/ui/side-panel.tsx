import { type ReactNode, useEffect, useId, useRef } from 'react'
import { words } from '../words/index.ts'
import { Button } from './button.tsx'
import styles from './side-panel.module.css'

/** What a row says more of, beside its table: not modal, so that the list stays in reach; Escape closes it. On a phone it covers the page. */
export function SidePanel({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  // Where the panel covers the page, what is behind it must not keep the focus.
  useEffect(() => {
    if (matchMedia('(max-width: 1000px)').matches) panel.current?.focus()
  }, [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open], :popover-open')) onClose()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [onClose])
  return (
    <aside ref={panel} tabIndex={-1} className={`${styles['panel']} screenOnly`} aria-labelledby={id}>
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
