import type { Coding } from '@carecommons/interop'
import type { Bulk } from '#shared/bulk'

/**
 * Numbers of codes, by system and code. A vocabulary is small beside the facts that use it, so it stays in memory; new codes get the next
 * number here and their rows with the next batch. Imports hold a lock, so nobody else numbers codes meanwhile.
 */
export class CodeIds {
  #ids: Map<string, number>
  #next: number
  #unwritten: { id: number; system: string; code: string; display: string | null }[] = []

  private constructor(ids: Map<string, number>, next: number) {
    this.#ids = ids
    this.#next = next
  }

  static async read(bulk: Bulk): Promise<CodeIds> {
    const rows = await bulk.query<{ id: number; system: string; code: string }>('select id, system, code from code')
    const ids = new Map(rows.map(({ id, system, code }) => [`${system}|${code}`, id]))
    return new CodeIds(ids, rows.reduce((most, { id }) => Math.max(most, id), 0) + 1)
  }

  id({ system, code, display }: Coding): number {
    const key = `${system ?? ''}|${code}`
    const present = this.#ids.get(key)
    if (present !== undefined) return present
    const id = this.#next++
    this.#ids.set(key, id)
    this.#unwritten.push({ id, system: system ?? '', code, display })
    return id
  }

  /** Takes the rows that still have to be written. */
  takeUnwritten(): (bulk: Bulk) => Promise<void> {
    const rows = this.#unwritten
    this.#unwritten = []
    return async (bulk) => {
      if (rows.length === 0) return
      await bulk.query('insert into code (id, system, code, display) select * from unnest($1::int[], $2::text[], $3::text[], $4::text[])', [
        rows.map((row) => row.id),
        rows.map((row) => row.system),
        rows.map((row) => row.code),
        rows.map((row) => row.display),
      ])
    }
  }
}
