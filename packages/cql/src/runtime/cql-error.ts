/** An evaluation that the specification says must stop: Message with severity Error, a singleton of many, an overflow. */
export class CqlError extends Error {
  override readonly name = 'CqlError'
}
