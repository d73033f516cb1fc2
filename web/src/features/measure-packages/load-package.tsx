import { type FormEvent, useState } from 'react'
import { useViewer } from '../../app/viewer.ts'
import { upload, type UploadProblem } from '../../lib/upload.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import styles from './load-package.module.css'
import { PackageProblems } from './package-problems.tsx'

const t = words.packages

/** Loads a package from a file: read and compiled before it is kept; what is wrong with it stands where the file was chosen. */
export function LoadPackage({ onClose, onLoaded }: { onClose: () => void; onLoaded: (hash: string) => void }) {
  const { membership } = useViewer()
  const [file, setFile] = useState<File | null>(null)
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<readonly UploadProblem[]>([])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!file) return
    setBusy(true)
    setProblems([])
    const loaded = await upload<{ hash: string }>('/uploads/measure-package', file, membership.id, t.uploadFailed)
    setBusy(false)
    if (loaded.ok) onLoaded(loaded.answer.hash)
    else setProblems(loaded.problems)
  }
  return (
    <Dialog title={t.load} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className="soft">{t.loadExplained}</p>
        {problems.length > 0 && <PackageProblems title={t.refused(problems.length)} problems={problems} />}
        <FileField label={t.file} required accept=".json,.gz,application/json,application/gzip" onFile={setFile} />
        <p role="status" className="soft">
          {busy && t.loading}
        </p>
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy || !file}>
            {t.load}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
