import type { RolePage } from '../ability.ts'
import { regionScope } from './region-scope.ts'

/** Will decide which charts belong to one human. Until that work exists here, the role opens nothing beyond the directory. */
export const identitySteward: RolePage = {
  title: 'Identity steward',
  organizationKind: 'coordinating-body',
  holder: 'person',
  permits: () => undefined,
  scope: regionScope,
}
