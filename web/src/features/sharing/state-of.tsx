import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

/** How a consent or a grant stands: open, over by itself, or ended by somebody. */
export function StateOf({ isOpen, endedAt, endedByName }: { isOpen: boolean; endedAt: string | null; endedByName: string | null }) {
  if (isOpen) return words.sharing.state.open
  if (!endedAt) return <span className="soft">{words.sharing.state.over}</span>
  return (
    <span className="soft" title={endedByName ?? undefined}>
      {words.sharing.state.ended} <At instant={endedAt} />
    </span>
  )
}
