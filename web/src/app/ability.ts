import { type Ability, abilityFor, type Action, isRoleName, type SubjectName } from '@carecommons/access'
import { useMemo } from 'react'
import { useViewer, type Viewer } from './viewer.ts'

/** What a page needs its reader to be allowed. */
export type Need = readonly [Action, SubjectName]

/** The rules of the API itself, so that nothing is offered that it would refuse. Null for a role that this web does not know. */
function abilityOf({ user, membership, practiceIds, patientId }: Viewer): Ability | null {
  const { id, role, organization } = membership
  if (!isRoleName(role)) return null
  return abilityFor({ userId: user.id, membershipId: id, role, organizationId: organization.id, practiceIds, patientId })
}

/** Answers whether the reader may do something. */
export function useMay(): (...need: Need) => boolean {
  const viewer = useViewer()
  const ability = useMemo(() => abilityOf(viewer), [viewer])
  return (action, subject) => ability?.can(action, subject) ?? false
}
