import { type Action, rolesThatMay, type SubjectName } from '@carecommons/access'

/* Who acts, as a definer function reads it from the transaction's settings. */

export const ACTING_ORGANIZATION = `nullif(current_setting('commons.organization_id', true), '')::uuid`
export const ACTING_MEMBERSHIP = `nullif(current_setting('commons.membership_id', true), '')::uuid`
export const ACTING_PERSON = `nullif(current_setting('commons.user_id', true), '')::uuid`
export const ACTING_PRACTICE = `nullif(current_setting('commons.practice_id', true), '')::uuid`
export const texts = (all: readonly string[]): string => `array[${all.map((one) => `'${one}'`).join(', ')}]::text[]`

/** The acting membership is the acting person's, goes on, and its role page permits this: a definer function sees every row, so it asks itself. */
export const may = (action: Action, subject: SubjectName): string => `exists (
            select from membership mine
             where mine.id = ${ACTING_MEMBERSHIP} and mine.user_id = ${ACTING_PERSON} and mine.organization_id = ${ACTING_ORGANIZATION}
               and mine.ended_at is null and mine.role = any (${texts(rolesThatMay(action, subject))}))`
/** Of its own organization for a practice's people, and of which others the region says. */
export const within = (organization: string, others: string): string =>
  `case current_setting('role') when 'commons_practice' then ${organization} = ${ACTING_ORGANIZATION} else ${others} end`
