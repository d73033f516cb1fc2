/** An evaluation that the specification says must stop: Message with severity Error, a singleton of many, an overflow. */
export class CqlError extends Error {
  override readonly name = 'CqlError'
}

/** Published measures make lists of thousands. One that doubles with every definition would end the whole process, not the thread alone. */
const MOST_ELEMENTS = 1_000_000

/** Stops an evaluation whose list has grown beyond any use. */
export function boundList(list: readonly unknown[]): void {
  if (list.length > MOST_ELEMENTS) throw new CqlError(`A list grew to more than ${MOST_ELEMENTS} elements.`)
}
