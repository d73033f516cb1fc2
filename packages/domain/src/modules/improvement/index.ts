export { ImprovementCycle } from './cycle.entity.ts'
export { listCycles, listPlaybooks } from './read-cycles.ts'
