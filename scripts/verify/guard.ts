/** A check of the sources themselves. It is a function of a folder, so that planted houses are judged by the very same guard. */
export interface Guard {
  readonly name: string
  /** Why there is nothing to check yet in this folder; undefined when there is. */
  absent?(root: string): string | undefined
  /** One line per violation, starting with the file; none when all is well. */
  run(root: string): Promise<string[]>
}
