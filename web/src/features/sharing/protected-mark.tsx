import { Icon } from '../../ui/icon.tsx'
import { words } from '../../words/index.ts'

/** Beside a record that stands under a consent: which protection it has. Nothing beside others. */
export function ProtectedMark({ by }: { by: 'PART2' | 'BEHAVIORAL' | null }) {
  if (!by) return null
  return (
    <span className="soft small nowrap" title={words.sharing.protectedLong[by]}>
      {' '}
      <Icon name="lock" size={12} /> {words.sharing.protectedShort[by]}
    </span>
  )
}
