import { foldForSearch, type PersonName } from './contact.ts'

/** The words of a name as they compare: lower case, without accents, titles and marks. */
const nameWords = (name: string): string[] =>
  foldForSearch(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/**
 * Whether what stands as a payer's name is this person's: in any order, case and accents, with or without middle names, or among other
 * words. One word that two names share is not enough: people are called Oscar and Kaiser, and so are insurers.
 */
export function isPersonsName(said: string, { family, given }: PersonName): boolean {
  const words = new Set(nameWords(said))
  const [families, givens] = [nameWords(family ?? ''), nameWords(given ?? '')]
  const whole = [...families, ...givens]
  if (words.size === 0 || whole.length === 0) return false
  if ([...words].every((word) => whole.includes(word))) return words.size > 1 || new Set(whole).size === 1
  if (!families.every((word) => words.has(word))) return false
  return givens.length === 0 ? families.length > 1 : givens.some((word) => words.has(word))
}
