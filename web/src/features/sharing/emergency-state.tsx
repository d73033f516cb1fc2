import { Icon } from '../../ui/icon.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { EmergencyFacts } from './emergency-facts.ts'

const t = words.sharing.emergency

/** Open until when, contested, or over. */
export function EmergencyState({ emergency: { isOpen, contestedAt, expiresAt } }: { emergency: EmergencyFacts }) {
  if (contestedAt)
    return (
      <>
        <Icon name="alert" size={14} /> {t.contested} <At instant={contestedAt} clock />
      </>
    )
  return isOpen ? (
    <>
      {t.openUntil} <At instant={expiresAt} clock />
    </>
  ) : (
    <span className="soft">{t.over}</span>
  )
}
