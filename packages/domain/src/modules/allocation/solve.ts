import type { Highs, Model } from 'highs'
import { fillUp } from './fill-up.ts'
import type { Problem } from './problem.ts'
import { type Aim, type Program, programOf } from './program.ts'
import { valueOf } from './table.ts'

/** What was made the most of, in this order; a later one never costs an earlier one anything. */
export type Criterion =
  | { readonly kind: 'common-level' }
  | { readonly kind: 'practices-at-level'; readonly level: number }
  | { readonly kind: 'served' | 'kept' | 'travel' }

export type Proof = Criterion & {
  readonly value: number
  /** What nothing better than can be; equal to the value where that was proven. */
  readonly bound: number
}

/** Steps of each eligible pair for each of its needs, and how far each criterion is proven. */
export interface Solution {
  readonly program: Program
  readonly steps: readonly (readonly number[])[]
  readonly proofs: readonly Proof[]
}

export interface SolveOptions {
  readonly seconds: number
  /** Only fairness and what is served: enough to price a rule. */
  readonly brief?: boolean
}

/** The best plan within the time; null where pins cannot be kept together. */
export function solve(highs: Highs, problem: Problem, { seconds, brief = false }: SolveOptions): Solution | null {
  const program = programOf(problem)
  const { rules } = problem
  const until = performance.now() + seconds * 1000
  return highs.withModel(program.model, (model) => {
    // Beginning the search anew at its root, as the solver likes to, takes these programs up to twice the time.
    model.options.set({ output_flag: false, mip_allow_restart: false, mip_abs_gap: 0.9, mip_feasibility_tolerance: 1e-7 })
    const filledUp = (values: readonly number[] | null): number[] | null => {
      const steps = fillUp(problem, program.pairs, values && stepsOf(program, values))
      return steps && program.completed(valuesOf(program, steps))
    }
    let best = filledUp(null)
    const proofs: Proof[] = []
    const runFor = (criterion: Criterion, aim: Pick<Aim, 'sum' | 'sense'>, most: number): number | null => {
      const left = Math.max(0.05, (until - performance.now()) / 1000)
      const found = run({ highs, model, program }, aim, { best, most, seconds: left * SHARE_OF_TIME[criterion.kind] })
      if (!found) return null
      // Hours that this aim has no use for serve the next ones.
      best = criterion.kind === 'kept' || criterion.kind === 'travel' ? found.values : filledUp(found.values)!
      const value = valueOf(aim.sum, best)
      proofs.push({ ...criterion, value, bound: aim.sense === 'most' ? Math.max(value, found.bound) : found.bound })
      return value
    }
    const levels = Int32Array.from(program.levelColumns)
    const asLevels = (type: 0 | 1): unknown =>
      levels.length > 0 && model.changeColsIntegrality({ kind: 'set', indices: levels }, new Int32Array(levels.length).fill(type))
    asLevels(highs.constants.variableType.continuous)
    const likely = run(
      { highs, model, program },
      { sum: program.likely, sense: 'most' },
      { best, most: Infinity, seconds: seconds / 3, isGuide: true },
    )
    if (!likely) return null
    best = fairer(program, best, filledUp(likely.values)!)
    asLevels(highs.constants.variableType.integer)
    const common = runFor({ kind: 'common-level' }, { sum: [[program.common, 1]], sense: 'most' }, rules.levels)
    if (common === null) return null
    model.changeColBounds(program.common, common, rules.levels)
    let most = Infinity
    for (const [at, aim] of program.reaching.entries()) {
      most = Math.min(most, aim.sum.length)
      const level = at + 1
      if (level <= common || most === 0) continue
      most = runFor({ kind: 'practices-at-level', level }, aim, most)!
      model.changeRowBounds(aim.row, most, highs.infinity)
    }
    const rest = [
      ['served', program.total],
      ['kept', program.kept],
      ['travel', program.travel],
    ] as const
    for (const [kind, aim] of brief ? rest.slice(0, 1) : rest) {
      const value = runFor({ kind }, aim, aim.limit)!
      model.changeRowBounds(aim.row, ...(aim.sense === 'most' ? ([value, highs.infinity] as const) : ([-highs.infinity, value] as const)))
    }
    return { program, proofs, steps: stepsOf(program, best!) }
  })
}

/** Of the time that is left, how much each may take. */
const SHARE_OF_TIME: Readonly<Record<Criterion['kind'], number>> = {
  'common-level': 0.5,
  'practices-at-level': 0.3,
  served: 0.3,
  kept: 0.8,
  travel: 1,
}

const stepsOf = ({ columns }: Program, values: readonly number[]): number[][] =>
  columns.map(({ steps }) => steps.map((column) => values[column]!))

/** The columns of a plan that is told in steps. */
function valuesOf(program: Program, steps: readonly (readonly number[])[]): number[] {
  const values = new Array<number>(program.model.numCols).fill(0)
  for (const [at, { serves, steps: columns }] of program.columns.entries())
    for (const [place, column] of columns.entries()) {
      values[column] = steps[at]![place]!
      if (values[column] > 0) values[serves] = 1
    }
  return values
}

/** Of two plans the one in which more practices reach the lowest level of which that is true. */
function fairer({ reaching }: Program, one: number[] | null, other: number[]): number[] {
  if (!one) return other
  const level = reaching.find(({ sum }) => valueOf(sum, one) !== valueOf(sum, other))
  return level && valueOf(level.sum, one) > valueOf(level.sum, other) ? one : other
}

interface Known {
  readonly best: number[] | null
  /** What nothing can be better than, known before. */
  readonly most: number
  readonly seconds: number
  /** Asked to find a good plan, and not for the best. */
  readonly isGuide?: boolean
}

/** Makes the most of a sum, beginning from the best plan so far. */
function run(
  { highs, model, program }: { highs: Highs; model: Model; program: Program },
  { sum, sense }: Pick<Aim, 'sum' | 'sense'>,
  { best, most, seconds, isGuide = false }: Known,
) {
  const known = best && valueOf(sum, best)
  if (best && (sum.length === 0 || known === most)) return { values: best, value: known!, bound: known! }
  const { constants } = highs
  const costs = new Float64Array(program.model.numCols)
  for (const [column, factor] of sum) costs[column]! += factor
  model.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs)
  model.changeObjectiveSense(sense === 'most' ? constants.objectiveSense.maximize : constants.objectiveSense.minimize)
  model.options.set({ time_limit: seconds, mip_rel_gap: isGuide ? 0.01 : 0 })
  model.zeroAllClocks()
  if (best) model.setSolution({ colValue: best })
  const { modelStatus } = model.run()
  if (modelStatus === constants.modelStatus.infeasible || modelStatus === constants.modelStatus.unboundedOrInfeasible) return null
  const isSolved = modelStatus === constants.modelStatus.optimal
  if (!isSolved && modelStatus !== constants.modelStatus.timeLimit) throw new Error(`The solver stopped with status ${modelStatus}.`)
  if (model.info.get('primal_solution_status') !== constants.solutionStatus.feasible)
    throw new Error(`No plan was found within ${seconds} seconds.`)
  const values = program.completed([...model.getSolution().colValue])
  const value = valueOf(sum, values)
  if (best && !isGuide && (sense === 'most' ? value < known! : value > known!))
    throw new Error('The solver lost a plan that it had been given.')
  const bound = isSolved ? value : nearest(roundedBound(Number(model.info.get('mip_dual_bound')), sense), most, sense)
  return { values, value, bound }
}

/** All values are whole, so that a bound between two of them is the nearer to what was found. */
const roundedBound = (bound: number, sense: Aim['sense']): number => (sense === 'most' ? Math.floor(bound + 1e-6) : Math.ceil(bound - 1e-6))

const nearest = (bound: number, known: number, sense: Aim['sense']): number =>
  sense === 'most' ? Math.min(bound, known) : Math.max(bound, known)
