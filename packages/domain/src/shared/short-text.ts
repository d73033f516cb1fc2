import { type Refusal, refused } from '@carecommons/kernel'

/** A name or office as people type it: one line, trimmed, 1 to 120 characters. */
export function shortText(text: string, what: string): string | Refusal {
  const trimmed = text.trim().replace(/ {2,}/g, ' ')
  if (trimmed === '' || trimmed.length > 120 || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed))
    return refused('TextUnusable', `${what} takes one line of 1 to 120 characters.`)
  return trimmed
}
