import { type FormEvent, type ReactNode, useState } from 'react'
import type { Outcome } from '../lib/outcome.ts'
import { words } from '../words/index.ts'
import styles from './act.module.css'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Notice } from './notice.tsx'
import { Problem } from './problem.tsx'

/** A dialog for one act: fields, a refusal where it happened, cancel and the verb. Closes when the act is done. */
export function Act({
  title,
  verb,
  act,
  onClose,
  children,
}: {
  title: string
  verb: string
  act: () => Promise<Outcome>
  onClose: () => void
  children?: ReactNode
}) {
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const result = await act()
    setBusy(false)
    if (result.error || result.refused) setOutcome(result)
    else onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        {outcome?.refused && (
          <Notice tone="warn" title={words.members.refused} urgent>
            {outcome.refused}
          </Notice>
        )}
        {outcome?.error && <Problem error={outcome.error} />}
        {children}
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
