import type { Scope } from '../scope.ts'
import type { Viewer } from '../viewer.ts'
import { acting } from './acting.ts'

/** The scope of the coordinating body's administrative roles: administration and aggregates, never a chart. */
export const regionScope = (viewer: Viewer): Scope => ({ kind: 'region', ...acting(viewer) })
