/** An evaluation that the specification says must stop: Message with severity Error, a singleton of many, an overflow. */
export class CqlError extends Error {
  override readonly name = 'CqlError'
}

/** Published measures make lists of thousands. One that doubles with every definition would end the whole process, not the thread alone. */
const MOST_ELEMENTS = 1_000_000
/** No record holds a longer text. */
const MOST_CHARACTERS = 1_000_000
/** Sources of a query multiply: four lists of a hundred are this many combinations. */
const MOST_COMBINATIONS = 100_000_000

const many = (number: number): string => number.toLocaleString('en-US')

/** Stops an evaluation whose list has grown beyond any use. */
export function boundList<T extends readonly unknown[]>(list: T): T {
  if (list.length > MOST_ELEMENTS) throw new CqlError(`A list grew to more than ${many(MOST_ELEMENTS)} elements. Narrow what goes into it.`)
  return list
}

/** Stops an evaluation whose text has grown beyond any use. */
export function boundText(text: string): string {
  if (text.length > MOST_CHARACTERS)
    throw new CqlError(`A text grew to more than ${many(MOST_CHARACTERS)} characters. Bound what is put together.`)
  return text
}

/** The next number of the combinations that a query went over; stops it when its sources multiply beyond any use. */
export function nextCombination(count: number): number {
  if (count >= MOST_COMBINATIONS)
    throw new CqlError(
      `The sources of a query make more than ${many(MOST_COMBINATIONS)} combinations. Filter each source, or relate them by with and such that.`,
    )
  return count + 1
}
