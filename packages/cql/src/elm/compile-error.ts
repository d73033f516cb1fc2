/** Where in a measure's logic something is wrong. */
export interface ElmPlace {
  readonly library: string
  /** Null when the library as a whole is meant. */
  readonly definition: string | null
  /** ELM node type, `Retrieve`; null when no single node is meant. */
  readonly node: string | null
}

/** `Hospice."Has Hospice Services", Retrieve` */
export const placeInWords = ({ library, definition, node }: ElmPlace): string =>
  `${library}${definition === null ? '' : `."${definition}"`}${node === null ? '' : `, ${node}`}`

/** Logic that cannot be compiled: said with library, definition and node, because a wrong answer would be worse. */
export class CompileError extends Error {
  readonly place: ElmPlace
  readonly reason: string

  constructor(place: ElmPlace, reason: string) {
    super(`${placeInWords(place)}: ${reason}`)
    this.name = 'CompileError'
    this.place = place
    this.reason = reason
  }
}
