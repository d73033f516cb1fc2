import { type RawBuilder, sql, type SqlBool } from 'kysely'

const MOST_WORDS = 6

/** Lower case without accents, for comparing and for ordering: people are found by how a name sounds to whoever types it. */
export const folded = (text: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`lower(regexp_replace(normalize(${text}, NFD), ${'[\u0300-\u036f]'}, '', 'g'))`

/**
 * Every word that somebody typed begins a word of these texts. What joins words in a name or an address begins one as well, so that
 * "smith" finds Nia Jones-Smith and "example" finds nia@example.org.
 */
export function wordsBegin(search: string | null | undefined, ...texts: readonly string[]): RawBuilder<SqlBool> {
  const words = (search ?? '').split(/[\s,;]+/).filter((word) => word !== '')
  if (words.length === 0) return sql`true`
  const whole = sql`concat_ws(' ', '', ${sql.join(texts.map((text) => sql.ref(text)))})`
  const hay = folded(sql`${whole} || translate(${whole}, ${`-'’.@_`}, '      ')`)
  return sql`(${sql.join(
    words.slice(0, MOST_WORDS).map((word) => sql`strpos(${hay}, ' ' || ${folded(sql`${word.slice(0, 100)}::text`)}) > 0`),
    sql` and `,
  )})`
}
