import { anyInValueSet, inValueSet } from '../fhir/code-set.ts'
import { isNamed, takesPlaceBetween, takesPlaceIn } from '../fhir/record-times.ts'
import { carriesOneOf, property, readChoice, readPrimitives } from '../fhir/fhir-access.ts'
import { dateOf, dateTimeOf, decimalOf, timeOf } from '../fhir/fhir-primitives.ts'
import { absent, objectsIn, withoutValue } from '../fhir/misshapen-element.ts'
import { boundList, nextCombination } from '../runtime/cql-error.ts'
import * as operators from '../runtime/operators.ts'
import * as constructors from './value-constructors.ts'
import * as lists from './record-lists.ts'

/** Everything that generated code may call. */
export const runtimeFunctions: Readonly<Record<string, unknown>> = {
  ...operators,
  ...constructors,
  ...lists,
  ...{ inValueSet, anyInValueSet, carriesOneOf, isNamed, takesPlaceBetween, takesPlaceIn, boundList, nextCombination },
  ...{ property, readChoice, readPrimitives, dateOf, dateTimeOf, decimalOf, timeOf, absent, objectsIn, withoutValue },
}
