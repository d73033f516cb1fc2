/** Cost of a list that is never longer than this, whatever is asked of each entry. */
export const upTo =
  (length: number) =>
  ({ childComplexity }: { childComplexity: number }): number =>
    1 + length * childComplexity
