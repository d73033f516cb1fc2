import { type ReactNode, useEffect, useId, useRef } from 'react'
import { words } from '../words/index.ts'
import { Button } from './button.tsx'
import styles from './dialog.module.css'

/** A modal sheet: focus starts in its first field; the browser traps it, closes on Escape and gives it back to what opened it. Mount it to open it. */
export function Dialog({ title, onClose, children, bare }: { title: string; onClose: () => void; children: ReactNode; bare?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>('input, select')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`${styles['dialog']} ${bare ? styles['bare'] : ''}`}
      aria-labelledby={bare ? undefined : id}
      aria-label={bare ? title : undefined}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {bare ? (
        children
      ) : (
        <div className={styles['inside']}>
          <div className={styles['head']}>
            <h2 id={id}>{title}</h2>
            <Button look="quiet" icon="close" label={words.actions.close} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>
  )
}
