import { type FormEvent, useState } from 'react'
import { newKey } from '../../lib/new-key.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import styles from './uploads.module.css'
import type { useUploads } from './use-uploads.ts'

const t = words.uploads

type Properties = { uploads: ReturnType<typeof useUploads>; limits: { largestBytes: number; mostLines: number }; onClose: () => void }

/** Sends a file of records. One that is too large is told before it is sent. */
export function SendRecords({ uploads: { busy, problems, send }, limits, onClose }: Properties) {
  const [chosen, setChosen] = useState<{ file: File; key: string } | null>(null)
  const isTooLarge = chosen !== null && chosen.file.size > limits.largestBytes
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (chosen && (await send(chosen.file, chosen.key))) onClose()
  }
  return (
    <Dialog title={t.send} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className="soft">{t.explained}</p>
        {problems.map(({ message }) => (
          <Notice key={message} tone="warn" title={t.notTaken} urgent>
            {message}
          </Notice>
        ))}
        <FileField
          label={t.file}
          hint={t.limits(limits.largestBytes, limits.mostLines)}
          error={isTooLarge ? t.tooLarge(chosen.file.size, limits.largestBytes) : undefined}
          required
          accept=".json,.ndjson,application/json,application/fhir+json,application/x-ndjson"
          onFile={(file) => setChosen(file && { file, key: newKey() })}
        />
        <p role="status" className="soft">
          {busy && t.sending}
        </p>
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy || !chosen || isTooLarge}>
            {t.send}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
