import type { EvaluationContext } from './evaluation-context.ts'
import { Precision } from './precision.ts'
import { durationBetween } from './temporal-difference.ts'
import { today, withoutTime } from './temporal-parts.ts'
import { CqlDate, CqlDateTime } from './temporal-values.ts'
import type { Uncertainty } from './uncertainty.ts'

type Birth = CqlDate | CqlDateTime | null

/** CQL 1.5, Reference, CalculateAgeAt: the whole periods since birth. A date beside a time of day is compared as a date. */
export function calculateAgeAt(birth: Birth, asOf: Birth, precision: Precision): number | Uncertainty | null {
  if (birth instanceof CqlDate && asOf instanceof CqlDateTime && isCalendar(precision))
    return durationBetween(birth, withoutTime(asOf), precision)
  if (birth instanceof CqlDateTime && asOf instanceof CqlDate && isCalendar(precision))
    return durationBetween(withoutTime(birth), asOf, precision)
  return durationBetween(birth, asOf, precision)
}

/** Reference, CalculateAge: as of now. */
export const calculateAge = (ctx: EvaluationContext, birth: Birth, precision: Precision): number | Uncertainty | null =>
  calculateAgeAt(birth, birth instanceof CqlDateTime ? ctx.now : today(ctx), precision)

const isCalendar = (precision: Precision): boolean => precision <= Precision.Day || precision === Precision.Week
