import { isObject, objectsPart, type ElmNode } from './elm-node.ts'
import type { StaticType } from './static-type.ts'
import { namedTypeOf, statedType, typeOfSpecifier } from './type-specifier.ts'

/** Types that a function declares for its operands; null where it names an unknown model. */
export const operandTypes = (node: ElmNode): (StaticType | null)[] =>
  objectsPart(node, 'operand').map((operand) =>
    isObject(operand) ? (typeOfSpecifier(operand.operandTypeSpecifier) ?? namedTypeOf(operand.operandType) ?? statedType(operand)) : null,
  )
