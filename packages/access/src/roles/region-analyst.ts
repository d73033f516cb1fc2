import type { RolePage } from '../ability.ts'
import { regionScope } from './region-scope.ts'

/** The coordinating body's analyst: figures by practice, the runs behind them and the measures they compute. */
export const regionAnalyst: RolePage = {
  title: 'Region analyst',
  organizationKind: 'coordinating-body',
  holder: 'person',
  permits(can) {
    can('read', ['RegionOverview', 'Measure', 'Registry'])
    can(['read', 'start'], 'MetricRun')
    can(['read', 'create', 'start', 'end'], 'MeasurePackage')
    can(['start', 'end'], 'Registry')
  },
  scope: regionScope,
}
