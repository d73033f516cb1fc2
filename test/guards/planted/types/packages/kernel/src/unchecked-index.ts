// planted: TS2532
export function shout(words: string[]): string {
  return words[0].toUpperCase()
}
