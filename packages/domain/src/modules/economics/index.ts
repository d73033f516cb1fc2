export { type AgainstAlone, againstAlone } from './going-alone.ts'
export { type CostCell, type CostRule, type CostShare, type SplitStep, splitCost } from './split-cost.ts'
export { tellTogether } from './tell-together.ts'
