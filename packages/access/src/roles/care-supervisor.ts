import type { RolePage } from '../ability.ts'
import { careManager } from './care-manager.ts'

/** Leads care managers: sees the charts of the practices she is herself assigned to, under a membership of its own, and shares out their work. */
export const careSupervisor: RolePage = {
  ...careManager,
  title: 'Care supervisor',
  permits(can, viewer) {
    careManager.permits(can, viewer)
    can('update', 'Caseload', { practiceId: { $in: viewer.practiceIds } })
  },
}
