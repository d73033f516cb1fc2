import { type MouseEvent, useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { words } from '../../words/index.ts'
import { KeepView } from './keep-view.tsx'
import { type Shown, shownBy, type View } from './saved-view.ts'
import type { OpenView } from './use-views.ts'
import styles from './views-menu.module.css'
import { WithdrawView } from './withdraw-view.tsx'

const t = words.views

/** Views to open, and what can be done with the one that is open. */
export function ViewsMenu({ views, shown }: { views: OpenView; shown: Shown }) {
  const { all, current, isChanged } = views
  const mayKeep = useMay()('create', 'SavedView')
  const [dialog, setDialog] = useState<'keep' | 'name' | 'withdraw' | null>(null)
  const close = () => setDialog(null)
  const groups = [
    { title: t.mine, of: all.filter(({ mine }) => mine) },
    { title: t.shared, of: all.filter(({ mine }) => !mine) },
  ].filter(({ of }) => of.length > 0)
  return (
    <>
      <Menu label={t.button} icon="look">
        {groups.length === 0 && <p className={`${styles['none']} soft`}>{t.none}</p>}
        {groups.map(({ title, of }) => (
          <div key={title} role="group" aria-label={title}>
            <p className={`${styles['title']} soft small`}>{title}</p>
            {of.map((view) => (
              <Item key={view.id} view={view} isOpen={view.id === current?.id} onOpen={() => views.open(view)} />
            ))}
          </div>
        ))}
        {mayKeep && (
          <div className={styles['acts']}>
            {current && isChanged && <Act verb={t.saveChanges} onAct={() => void views.saveChanges(shown)} />}
            <Act verb={t.keep} onAct={() => setDialog('keep')} />
            {current && <Act verb={t.rename} onAct={() => setDialog('name')} />}
            {current && <Act verb={t.withdraw} onAct={() => setDialog('withdraw')} />}
          </div>
        )}
      </Menu>
      {dialog === 'keep' && <KeepView shown={shown} onClose={close} onKept={views.kept} />}
      {dialog === 'name' && current && <KeepView view={current} shown={shownBy(current)} onClose={close} onKept={views.refresh} />}
      {dialog === 'withdraw' && current && <WithdrawView view={current} onClose={close} onDone={views.withdrawn} />}
    </>
  )
}

function Item({ view, isOpen, onOpen }: { view: View; isOpen: boolean; onOpen: () => void }) {
  return (
    <Button look="quiet" aria-current={isOpen ? 'true' : undefined} onClick={closing(onOpen)}>
      <span>{view.name}</span>
      <span className="soft small">{t.of(view)}</span>
    </Button>
  )
}

const Act = ({ verb, onAct }: { verb: string; onAct: () => void }) => (
  <Button look="quiet" onClick={closing(onAct)}>
    {verb}
  </Button>
)

/** The sheet closes first, so that focus goes back to its button, or on to a dialog. */
const closing =
  (act: () => void) =>
  ({ currentTarget }: MouseEvent<HTMLElement>) => {
    currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
    act()
  }
