import type { RolePage } from '../ability.ts'
import { acting } from './acting.ts'

/** A record system of a practice: sends, and reads nothing but receipts for what it sent. */
export const feedSystem: RolePage = {
  title: 'Feed system',
  organizationKind: 'practice',
  holder: 'system',
  permits(can, { practiceIds }) {
    can('create', 'Intake', { practiceId: { $in: practiceIds } })
  },
  scope: (viewer) => ({ kind: 'feed', ...acting(viewer) }),
}
