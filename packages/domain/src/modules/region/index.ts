export { DataWatermark, Region } from './region.entity.ts'
