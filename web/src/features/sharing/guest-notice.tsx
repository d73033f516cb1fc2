import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { Notice } from '../../ui/notice.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const GuestNotice_patient = graphql(`
  fragment GuestNotice_patient on Patient {
    guestAccess {
      rule
      practice {
        id
        name
      }
      categories
      expiresAt
    }
  }
`)

/** On a chart of another practice: why it is open, what of it, and until when. */
export function GuestNotice({ patient }: { patient: FragmentOf<typeof GuestNotice_patient> }) {
  const { guestAccess } = readFragment(GuestNotice_patient, patient)
  if (!guestAccess) return null
  const { rule, practice, categories, expiresAt } = guestAccess
  const isEmergency = rule === 'EMERGENCY'
  const open = categories.map((category) => words.sharing.categories[category])
  return (
    <Notice
      tone={isEmergency ? 'warn' : 'info'}
      title={isEmergency ? words.sharing.openedInEmergency(practice.name) : words.sharing.sharedBy(practice.name)}
    >
      <p>
        {isEmergency ? words.sharing.emergencyTold(practice.name) : words.sharing.sharedParts(open, practice.name)}{' '}
        {words.sharing.openUntil} <At instant={expiresAt} clock />.
      </p>
    </Notice>
  )
}

export type ShareCategory = keyof typeof words.sharing.categories

/** Which parts of a chart are open: of a chart of another practice the shared ones, of one's own all. */
export function openParts(patient: FragmentOf<typeof GuestNotice_patient>): {
  isGuest: boolean
  has: (category: ShareCategory) => boolean
} {
  const { guestAccess } = readFragment(GuestNotice_patient, patient)
  return { isGuest: guestAccess !== null, has: (category) => !guestAccess || guestAccess.categories.includes(category) }
}
