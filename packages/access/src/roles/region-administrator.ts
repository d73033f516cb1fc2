import type { RolePage } from '../ability.ts'

/** The coordinating body's administrator: practices, runs and aggregates; never a chart. */
export const regionAdministrator: RolePage = {
  title: 'Region administrator',
  organizationKind: 'coordinating-body',
  permits(can) {
    can('read', 'RegionOverview')
    can(['read', 'start'], 'MetricRun')
    can('read', 'Measure')
    can('read', 'Directory')
  },
  scope: (viewer) => ({ kind: 'region', userId: viewer.userId, membershipId: viewer.membershipId }),
}
