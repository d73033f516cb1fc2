import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { words } from '../../words/index.ts'
import { type View, Withdraw } from './saved-view.ts'

const t = words.views

/** Takes a view away from everybody who opens it; the patients stay. */
export function WithdrawView({ view, onClose, onDone }: { view: View; onClose: () => void; onDone: () => void }) {
  const withdraw = useAct(Withdraw, (data) => data.withdrawView, onDone)
  const act = () => withdraw({ id: view.id, version: view.version })
  return (
    <Act title={t.withdrawTitle(view.name)} verb={t.withdrawVerb} act={act} onClose={onClose}>
      <p>{view.audience === 'PRACTICE' ? t.withdrawShared : t.withdrawOwn}</p>
    </Act>
  )
}
