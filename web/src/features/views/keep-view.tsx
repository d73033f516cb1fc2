import { useState } from 'react'
import { useViewer } from '../../app/viewer.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Choices } from '../../ui/choices.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { Save, type Shown, type View } from './saved-view.ts'
import styles from './keep-view.module.css'

const t = words.views

/** Names what the list shows, for oneself or for everybody of the practice; with a view, gives it another name or other readers. */
export function KeepView(props: { view?: View; shown: Shown; onClose: () => void; onKept: (name: string) => void }) {
  const { view, shown, onClose, onKept } = props
  const { organization } = useViewer().membership
  const [name, setName] = useState(view?.name ?? '')
  const [audience, setAudience] = useState<View['audience']>(view?.audience ?? 'ME')
  const save = useAct(
    Save,
    (data) => data.saveView,
    () => onKept(name.trim()),
  )
  const isOfPractice = organization.kind === 'PRACTICE' || shown.filter.practice != null
  const own = view && { id: view.id, version: view.version }
  const { filter, sort, reversed, columns } = shown
  return (
    <Act
      title={view ? t.renameTitle : t.keepTitle}
      verb={view ? t.save : t.keepVerb}
      act={() => save({ input: { ...own, name, audience, filter, sort, reversed, columns } })}
      onClose={onClose}
    >
      {!view && <p className="soft">{t.keepExplained}</p>}
      <TextField
        label={t.name}
        hint={t.nameHint}
        required
        maxLength={120}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Choices legend={t.forWhom} {...(isOfPractice ? {} : { hint: t.chooseOne })}>
        {(['ME', 'PRACTICE'] as const).map((one) => (
          <label key={one} className={styles['choice']}>
            <input
              type="radio"
              name="audience"
              checked={audience === one}
              disabled={one === 'PRACTICE' ? !isOfPractice : view?.mine === false}
              onChange={() => setAudience(one)}
            />
            {t.audiences[one]}
          </label>
        ))}
      </Choices>
    </Act>
  )
}
