import { type RoleName, rolePages } from './ability.ts'
import { type SystemScope, systemScopes } from './system-scopes.ts'

/** The scopes that a role's page covers whole; none for roles that people hold. */
export function scopesOfRole(role: RoleName): SystemScope[] {
  const page = rolePages[role]
  if (page.holder !== 'system') return []
  const permitted = new Set<string>()
  const nobody = { userId: '', membershipId: '', role, organizationId: '', practiceIds: [], patientId: null }
  page.permits((action, subject) => {
    for (const one of [subject].flat()) for (const act of [action].flat()) permitted.add(`${act} ${one}`)
  }, nobody)
  return (Object.keys(systemScopes) as SystemScope[]).filter((scope) =>
    Object.entries(systemScopes[scope].opens).every(([subject, actions]) =>
      actions.every((action) => permitted.has(`${action} ${subject}`)),
    ),
  )
}
