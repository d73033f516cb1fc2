import type { Coding } from '@carecommons/interop'
import { followedCodes } from '#modules/patient'
import type { Bulk } from '#shared/bulk'

/**
 * Numbers of codes, by system and code. A vocabulary is small beside the facts that use it, so it stays in memory; new codes get the next
 * number here and their rows with the next batch. Imports hold a lock, so nobody else numbers codes meanwhile.
 */
export class CodeIds {
  /** By system, then by code: a key of both would have to be put together for every fact. */
  readonly #ids = new Map<string, Map<string, number>>()
  #next = 1
  #unwritten: { id: number; system: string; code: string; followed: boolean }[] = []

  static async read(bulk: Bulk): Promise<CodeIds> {
    const rows = await bulk.query<{ id: number; system: string; code: string }>('select id, system, code from code')
    const codes = new CodeIds()
    for (const { id, system, code } of rows) {
      codes.#of(system).set(code, id)
      codes.#next = Math.max(codes.#next, id + 1)
    }
    await codes.#follow(bulk)
    return codes
  }

  /** Followed codes are numbered before any chart brings them: that they are there tells of nobody. */
  async #follow(bulk: Bulk): Promise<void> {
    await bulk.query(
      'update code set followed = not followed where followed <> ((system, code) in (select * from unnest($1::text[], $2::text[])))',
      [followedCodes.map(({ system }) => system), followedCodes.map(({ code }) => code)],
    )
    for (const coding of followedCodes) this.id(coding, true)
  }

  id({ system, code }: Coding, followed = false): number {
    const ids = this.#of(system ?? '')
    const present = ids.get(code)
    if (present !== undefined) return present
    const id = this.#next++
    ids.set(code, id)
    this.#unwritten.push({ id, system: system ?? '', code, followed })
    return id
  }

  #of(system: string): Map<string, number> {
    const present = this.#ids.get(system)
    if (present) return present
    const ids = new Map<string, number>()
    this.#ids.set(system, ids)
    return ids
  }

  /** Takes the rows that still have to be written. */
  takeUnwritten(): (bulk: Bulk) => Promise<void> {
    const rows = this.#unwritten
    this.#unwritten = []
    return async (bulk) => {
      if (rows.length === 0) return
      await bulk.query(
        'insert into code (id, system, code, followed) select * from unnest($1::int[], $2::text[], $3::text[], $4::boolean[])',
        [rows.map((row) => row.id), rows.map((row) => row.system), rows.map((row) => row.code), rows.map((row) => row.followed)],
      )
    }
  }
}
