import type { CostCell } from './split-cost.ts'

/** CMS's cell suppression: nothing is told of 1 to 10 people. */
const SMALLEST_TOLD = 11

/**
 * Cells as they may be told: in each practice, payers of 1 to 10 members are told together, with the next smallest while these are so few.
 * A share of a cost tells of how many people it is; what stays of a practice of 10 or fewer is told as the practice alone.
 */
export function tellTogether(cells: readonly CostCell[]): CostCell[] {
  return [...Map.groupBy(cells, ({ practiceId }) => practiceId).values()].flatMap((own) => {
    const rising = own.filter(({ payerId }) => payerId !== null).sort((a, b) => a.members - b.members || (a.payerId! < b.payerId! ? -1 : 1))
    let together = own.filter(({ payerId }) => payerId === null)
    const isTold = (some: readonly CostCell[]): boolean => {
      const members = sum(some, 'members')
      return members === 0 || members >= SMALLEST_TOLD
    }
    let from = rising.findIndex((cell) => isTold([cell]) && cell.members > 0)
    if (from < 0) from = rising.length
    together = [...together, ...rising.slice(0, from)]
    while (!isTold(together) && from < rising.length) together.push(rising[from++]!)
    const merged = {
      practiceId: own[0]!.practiceId,
      payerId: null,
      members: sum(together, 'members'),
      minutes: sum(together, 'minutes'),
      points: sum(together, 'points'),
    }
    return [...(together.length > 0 ? [merged] : []), ...rising.slice(from)]
  })
}

const sum = (cells: readonly CostCell[], what: 'members' | 'minutes' | 'points'): number => cells.reduce((all, cell) => all + cell[what], 0)
