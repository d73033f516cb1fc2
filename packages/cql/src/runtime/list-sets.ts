import { sameElement } from './list.ts'

/** Lists as sets (CQL 1.5, Reference, Distinct, Union, Intersect and Except of lists): each element once, in order of appearance. */
type List = readonly unknown[] | null

export const distinct = (list: List): unknown[] | null => (list === null ? null : new ElementSet().addAll(list).elements)

/** A null list is an empty one. */
export const unionOfLists = (left: List, right: List): unknown[] => new ElementSet().addAll(left ?? []).addAll(right ?? []).elements

export function intersectLists(left: List, right: List): unknown[] | null {
  if (left === null || right === null) return null
  const there = new ElementSet().addAll(right)
  return new ElementSet().addAll(left.filter((one) => there.has(one))).elements
}

export function exceptList(left: List, right: List): unknown[] | null {
  if (left === null) return null
  const there = new ElementSet().addAll(right ?? [])
  return new ElementSet().addAll(left.filter((one) => !there.has(one))).elements
}

/**
 * Elements that are not known to be the same as one before. What has a key is looked up by it; the others are compared with each
 * other, and records that are one object are found without comparing.
 */
class ElementSet {
  readonly elements: unknown[] = []
  readonly #keys = new Set<unknown>()
  readonly #others: unknown[] = []

  addAll(list: readonly unknown[]): this {
    for (const one of list) this.#add(one)
    return this
  }

  has(element: unknown): boolean {
    const key = keyOf(element)
    return key === undefined ? this.#hasOther(element) : this.#keys.has(key)
  }

  #add(element: unknown): void {
    const key = keyOf(element)
    if (key !== undefined) {
      if (this.#keys.has(key)) return
      this.#keys.add(key)
    } else {
      if (this.#hasOther(element)) return
      this.#keys.add(element)
      this.#others.push(element)
    }
    this.elements.push(element)
  }

  #hasOther(element: unknown): boolean {
    return this.#keys.has(element) || this.#others.some((one) => sameElement(one, element) === true)
  }
}

/** A key that is the same for equal values of its type and for no other; undefined where equality is more than that. */
function keyOf(element: unknown): unknown {
  if (element === null || typeof element === 'string' || typeof element === 'boolean' || typeof element === 'number') return element
  return undefined
}
