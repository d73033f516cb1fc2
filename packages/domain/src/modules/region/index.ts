export { estimateAlike } from './estimate-alike.ts'
export { createRegion, findRegion, type RegionIdentity } from './open-region.ts'
export { DataWatermark, Region } from './region.entity.ts'
