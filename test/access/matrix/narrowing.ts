// Stands in for the module that narrows rows wherever a test imports it (support/jest/shared-modules.cjs): it passes everything on to the
// product's own, until a test puts something else in its place.
import * as product from '../../../packages/domain/src/shared/room.ts'

export * from '../../../packages/domain/src/shared/room.ts'

export type Narrowing = Pick<typeof product, 'room' | 'chartRoom' | 'recordRoom' | 'sensitiveRoom'>

let standing: Narrowing = product

export const room: Narrowing['room'] = (...given) => standing.room(...given)
export const chartRoom: Narrowing['chartRoom'] = (...given) => standing.chartRoom(...given)
export const recordRoom: Narrowing['recordRoom'] = (...given) => standing.recordRoom(...given)
export const sensitiveRoom: Narrowing['sensitiveRoom'] = (...given) => standing.sensitiveRoom(...given)

/** What narrows from now on; without an argument the product's own again. */
export function narrowBy(other: Narrowing = product): void {
  standing = other
}

export { product }
