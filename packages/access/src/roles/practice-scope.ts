import type { Scope } from '../scope.ts'
import type { Viewer } from '../viewer.ts'
import { acting } from './acting.ts'

/** The scope of everybody who works in a member practice: that practice's charts once it is active, nobody else's. */
export const practiceScope = (viewer: Viewer): Scope => ({ kind: 'practice', practiceId: viewer.practiceIds[0] ?? null, ...acting(viewer) })
