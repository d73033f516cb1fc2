import type { Permit } from '../ability.ts'
import type { Viewer } from '../viewer.ts'

/** Views of the patients' list: the own ones, and those that somebody shared with a practice in reach, which are everybody's there. */
export function keepsViews(can: Permit, { practiceIds, membershipId }: Viewer): void {
  can(['read', 'create', 'update', 'end'], 'SavedView', { membershipId })
  can(['read', 'create', 'update', 'end'], 'SavedView', { practiceId: { $in: practiceIds }, audience: 'practice' })
}
