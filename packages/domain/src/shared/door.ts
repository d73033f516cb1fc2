import type { Action, SubjectName } from '@carecommons/access'
import { Extensions } from 'type-graphql'

/** What a root field asks of whoever comes in: to be allowed an action on a subject, or nothing. */
export type DoorRule = 'open' | { readonly action: Action; readonly subject: SubjectName }

/** The first wall. Every root field wears one; the API refuses to start with a root field that does not. */
export const Door = Object.assign((action: Action, subject: SubjectName) => Extensions({ door: { action, subject } satisfies DoorRule }), {
  /** For those who are not signed in yet, or want to leave. */
  open: Extensions({ door: 'open' satisfies DoorRule }),
})
