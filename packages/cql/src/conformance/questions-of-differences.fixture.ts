import type { Comparison } from './both-engines.fixture.ts'
import { isKind, type Plain } from './plain/plain-value.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'

// What is asked of the operands and answers of a difference.

export const one = (types: string): ((difference: Comparison) => boolean) => {
  const names = new Set(types.split(' '))
  return ({ elm }) => names.has(elm.type)
}
export const isDecimal = (value: Plain): boolean => isKind(value, 'number') && value.type === 'Decimal'
export const isInterval = (text: string | null): boolean => /^[[(].*, .*[\])]$/s.test(text ?? '')
/** A range went in, and a range or nothing certain came out of one of the engines. */
export const uncertain = ({ operands, ours, theirs }: Comparison): boolean =>
  operands.some((operand) => /-?\d+\.\.-?\d+/.test(operand ?? '')) &&
  [ours, theirs].some((answer) => answer === null || /^(?:null|NaN)$/.test(answer) || /\d\.\.-?\d/.test(answer))
/** Intervals of quantities, a boundary of which is written without a point. */
export const wholeQuantities = ({ operands }: Comparison): boolean =>
  operands.every((operand) => isInterval(operand) && operand!.includes("'")) && operands.some((operand) => /[[( ]-?\d+ '/.test(operand!))
export const nullOperand = ({ operands }: Comparison): boolean => operands.includes('null')
export const nullBoundary = ({ operands }: Comparison): boolean => operands.some((operand) => /^[[(]null,|, null[\])]$/.test(operand ?? ''))
export const openBoundary = ({ operands }: Comparison): boolean =>
  operands.some((operand) => isInterval(operand) && /^\(|\)$/.test(operand ?? ''))
export const atTheEnd = (text: string | null): boolean =>
  /2147483648|2147483647|999999999999|100000000000000000000|\bDate(?:Time)? 1-1-1\b|\b9999-12-31\b|\bTime (?:0(?:-0)*|23(?:-59(?:-59(?:-999)?)?)?)(?![-\d])/.test(
    text ?? '',
  )
const unitsOfTime = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second', 'Millisecond']
/** A date or time among the operands that says less than a precision. */
export const lessPrecise = ({ elm, operands }: Comparison): boolean =>
  operands.some((operand) =>
    [...(operand ?? '').matchAll(/\b(Date|DateTime|Time) ([\d-]+)/g)].some(
      ([, type, parts]) => parts!.split('-').length + (type === 'Time' ? 3 : 0) <= unitsOfTime.indexOf(String(elm.precision)),
    ),
  )
/** Date-times of different zones, one of them without hours. */
export function differentZones({ operands }: Comparison): boolean {
  const moments = operands.flatMap((operand) => /^DateTime ([\d-]+) (-?\d+)$/.exec(operand ?? '') ?? [])
  return moments.length === 6 && moments[2] !== moments[5] && [1, 4].some((at) => moments[at]!.split('-').length <= 3)
}
/** Intervals among the operands of which the end is before the start. */
export const reversed = ({ operands }: Comparison): boolean =>
  operands.some((operand) => {
    const [, low, high] = /^[[(]DateTime ([\d-]+) \S+, DateTime ([\d-]+) \S+[\])]$/.exec(operand ?? '') ?? []
    return low !== undefined && isBefore(high!.split('-').map(Number), low.split('-').map(Number))
  })
function isBefore(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((part, index) => part !== right[index])
  return at >= 0 && left[at]! < (right[at] ?? -1)
}
/** Exactly one operand is an interval: by what stands there when its value is not known. */
export const pointAndInterval = ({ elm, operands }: Comparison): boolean => {
  const parts = Array.isArray(elm.operand) ? (elm.operand as ElmJson[]) : []
  const kinds = parts.map((part, index) => part.type === 'ParameterRef' || isInterval(operands[index] ?? null))
  return kinds.length === 2 && kinds[0] !== kinds[1]
}
/** Numbers that differ by what a double cannot hold, everything else the same. */
export function sameButForDoubles({ ours, theirs }: Comparison): boolean {
  const numbers = /-?\d+(?:\.\d+)?(?:e[+-]\d+)?/g
  if (ours === null || theirs === null || ours.replace(numbers, '#') !== theirs.replace(numbers, '#')) return false
  const [here, there] = [ours.match(numbers)!.map(Number), theirs.match(numbers)!.map(Number)]
  return here.every((value, index) => Math.abs(value - there[index]!) <= Math.max(1e-7, Math.abs(value) * 1e-7))
}
