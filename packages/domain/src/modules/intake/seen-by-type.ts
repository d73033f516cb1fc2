import { SeenIds } from './seen-ids.ts'

/** Slots that are kept for types whose own files are all read: 40 MB, a million ids or more. */
const KEPT_SLOTS = 1 << 21

/**
 * The ids of an import, by resource type: a line of any file may repeat one of any other. A type is forgotten after the last file that is
 * named for it only when the import is so large that what is kept would not fit: then a repeated id in a file of another type counts as a correction.
 */
export class SeenByType {
  readonly #types = new Map<string, SeenIds>()

  constructor(private readonly keptSlots = KEPT_SLOTS) {}

  of(type: string): SeenIds {
    const known = this.#types.get(type)
    if (known) return known
    const seen = new SeenIds()
    this.#types.set(type, seen)
    return seen
  }

  /** After a file: `coming` are the types of those that are still to be read. */
  trim(coming: ReadonlySet<string | null>): void {
    const over = [...this.#types].filter(([type]) => !coming.has(type)).sort(([, one], [, other]) => one.slots - other.slots)
    let kept = 0
    for (const [type, { slots }] of over) if ((kept += slots) > this.keptSlots) this.#types.delete(type)
  }
}
