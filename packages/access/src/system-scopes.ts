import type { Action, SubjectName } from './subject.ts'

interface ScopeMeaning {
  /** What a system with this scope does, for the person who registers it. */
  readonly words: string
  readonly opens: Readonly<Partial<Record<SubjectName, readonly Action[]>>>
}

/**
 * What a system's token may be asked for, in the words of SMART App Launch 2.2 (permission-v2: c create, r read, s search). A scope
 * narrows the role behind it and never widens it.
 */
const meanings = {
  'system/MeasureReport.rs': { words: 'Pull the published figures of its members', opens: { Performance: ['read', 'export'] } },
  'system/Measure.rs': { words: 'Read the measure set in force', opens: { Measure: ['read'] } },
  'system/*.c': { words: 'Send records of its practice', opens: { Intake: ['create'] } },
} as const satisfies Record<string, ScopeMeaning>

export type SystemScope = keyof typeof meanings
export const systemScopes: Readonly<Record<SystemScope, ScopeMeaning>> = meanings

export const isSystemScope = (scope: string): scope is SystemScope => Object.hasOwn(systemScopes, scope)

export const scopesOpen = (scopes: readonly SystemScope[], action: Action, subject: SubjectName): boolean =>
  scopes.some((scope) => systemScopes[scope].opens[subject]?.includes(action))
