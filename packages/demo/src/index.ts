export { type DemoOptions, type DemoRegion, generateRegion } from './region.ts'
