import type { RolePage } from '../ability.ts'
import { regionScope } from './region-scope.ts'

/** The coordinating body's administrator: practices, people, agreements, runs and aggregates; never a chart. */
export const regionAdministrator: RolePage = {
  title: 'Region administrator',
  organizationKind: 'coordinating-body',
  holder: 'person',
  permits(can) {
    can('read', ['RegionOverview', 'Measure', 'Registry'])
    can(['read', 'start'], 'MetricRun')
    can(['read', 'create', 'update'], 'Organization')
    can(['read', 'create'], 'Agreement')
    can(['read', 'create', 'update', 'end'], 'Membership')
    can(['read', 'create', 'end'], 'Assignment')
    can(['read', 'update'], ['Staff', 'StaffNeed'])
    can(['read', 'create', 'end'], ['Leave', 'Cover'])
    can(['read', 'create', 'end'], 'SystemClient')
  },
  scope: regionScope,
}
