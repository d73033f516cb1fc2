import type { Viewer } from '../ability.ts'
import type { Scope } from '../scope.ts'

/** The scope of everybody who works in a member practice: that practice's charts, nobody else's. */
export const practiceScope = (viewer: Viewer): Scope => ({
  kind: 'practice',
  practiceId: viewer.organizationId,
  userId: viewer.userId,
  membershipId: viewer.membershipId,
})
