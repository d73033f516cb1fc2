import fc from 'fast-check'

/**
 * Random decisions out of a list of numbers: what is made of them depends on what was made before, and yet shrinks, because smaller numbers
 * and fewer of them lead to simpler things. When there are none left, every decision is the first, simplest one.
 */
export class Draw {
  readonly #numbers: readonly number[]
  #at = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  /** A number from 0 to `count` - 1. */
  below(count: number): number {
    return (this.#numbers[this.#at++] ?? 0) % count
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1
  }

  some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make)
  }
}

export const drawn = <T>(most: number, make: (draw: Draw) => T): fc.Arbitrary<T> =>
  fc.array(fc.nat(9_999), { minLength: Math.floor(most / 3), maxLength: most, size: 'max' }).map((numbers) => make(new Draw(numbers)))
