import { isRefusal, type Refusal, refused } from '@carecommons/kernel'

const LONGEST = 2000

/** What a person wrote, without white space around it; a refusal when it is missing or too long. */
export function written(text: string, what: string, least = 1): string | Refusal {
  const words = text.trim()
  if (words.length < least) return refused('WordsMissing', `${what} is missing${least > 1 ? ' or too short' : ''}.`)
  if (words.length > LONGEST) return refused('WordsTooLong', `${what} has more than ${LONGEST} characters.`)
  return words
}

const LEAST_REASON = 10
const LEAST_WORDS = 3

/** Why the glass is broken: a sentence that somebody else can judge, not a key held down or one word many times. */
export function reasonIn(text: string): string | Refusal {
  const reason = written(text, 'The reason', LEAST_REASON)
  if (isRefusal(reason)) return reason
  const different = new Set(reason.toLocaleLowerCase('en').match(/\p{L}{2,}/gu))
  return different.size >= LEAST_WORDS
    ? reason
    : refused('WordsMissing', 'The reason is too short. Say in a few words what the emergency is.')
}

/** The same key is the same request, however often it is made. */
export const keyRefusal = (key: string): Refusal | null =>
  /^[\x21-\x7e]{8,200}$/.test(key) ? null : refused('IdempotencyKeyMalformed', 'An idempotency key has 8 to 200 printable characters.')

export const keyReused = (): Refusal => refused('IdempotencyKeyReused', 'This idempotency key was used for something else.')
