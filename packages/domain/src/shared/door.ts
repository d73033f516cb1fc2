import type { Action, SubjectName } from '@carecommons/access'
import { Extensions } from 'type-graphql'

/** An action on a subject that has to be permitted. */
export interface Need {
  readonly action: Action
  readonly subject: SubjectName
}

/** What a root field asks of whoever comes in: to be allowed an action on a subject, or nothing. */
export type DoorRule = 'open' | Need

/** The first wall. Every root field wears one; the API refuses to start with a root field that does not. */
export const Door = Object.assign((action: Action, subject: SubjectName) => Extensions({ door: { action, subject } satisfies DoorRule }), {
  /** For those who are not signed in yet, or want to leave. */
  open: Extensions({ door: 'open' satisfies DoorRule }),
})

/** What a field below a root asks on top: whoever lacks it is refused the whole operation, by whatever path the field was reached. */
export const Needs = (action: Action, subject: SubjectName) => Extensions({ needs: { action, subject } satisfies Need })

/**
 * A dangerous act: whoever asks for it has proved who they are within the last minutes (`requireStepUp`), so that a session left open signs
 * nothing, gives no role and takes none. `when` narrows it by the arguments.
 */
export const Confirmed = (when: ConfirmedWhen = () => true) => Extensions({ confirmed: when })
export type ConfirmedWhen = (args: Readonly<Record<string, unknown>>) => boolean

/** What a root field asks for the sake of some of its arguments: nobody sorts or filters by what they may not read. */
export const NeedsFor = (needOf: NeedOf) => Extensions({ needOf })
export type NeedOf = (args: Readonly<Record<string, unknown>>) => Need | null
