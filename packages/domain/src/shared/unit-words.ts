/** UCUM codes that people write otherwise. */
const WORDS: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', '{score}': 'points' }

export const unitWords = (unit: string): string => WORDS[unit] ?? unit
