import type { RolePage } from '../ability.ts'
import { regionScope } from './region-scope.ts'

/** Allocates care managers to practices. Moves opaque handles; sees no patient. */
export const workforceManager: RolePage = {
  title: 'Workforce manager',
  organizationKind: 'coordinating-body',
  holder: 'person',
  permits(can) {
    can(['read', 'create', 'end'], 'Assignment')
    can(['read', 'update'], ['Staff', 'StaffNeed'])
    can(['read', 'create', 'start', 'end'], 'StaffPlan')
    can(['read', 'create', 'end'], ['Leave', 'Cover'])
    can(['read', 'update'], 'Caseload')
  },
  scope: regionScope,
}
