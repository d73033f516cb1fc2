/**
 * Values of CQL's System model. Null is `null`, Boolean a boolean, String a string, List an array, Integer a number
 * (32 bit), Long a bigint (64 bit); everything else is one of these classes, all of them immutable.
 */
export { CqlError } from './cql-error.ts'
export { Decimal } from './decimal.ts'
export { Interval, type PointType } from './interval-value.ts'
export { Precision, precisionFromElm } from './precision.ts'
export { Code, CodeSystem, Concept, Quantity, Ratio, Tuple, ValueSet } from './structured-values.ts'
export { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
export { Uncertainty } from './uncertainty.ts'
