import { ourText } from '../engine-values.fixture.ts'
import { isKind, isList, ONE, type Plain } from './plain-value.fixture.ts'

/** As values of the engines are told. */
export function textOf(value: Plain): string {
  if (isList(value)) return `{${value.map(textOf).join(', ')}}`
  if (isKind(value, 'number')) return value.type === 'Long' ? String(value.units / ONE) : decimal(value.units)
  if (isKind(value, 'amount')) return `${decimal(value.units)} '${value.unit}'`
  if (isKind(value, 'moment')) return `${value.type} ${value.parts.join('-')}${value.type === 'DateTime' ? ` ${value.offset}` : ''}`
  if (isKind(value, 'range')) return `${value.low}..${value.high}`
  if (isKind(value, 'span'))
    return `${value.lowClosed ? '[' : '('}${textOf(value.low)}, ${textOf(value.high)}${value.highClosed ? ']' : ')'}`
  if (isKind(value, 'tuple'))
    return `Tuple{${[...value.of]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, one]) => `${name}: ${textOf(one)}`)
      .join(', ')}}`
  return isKind(value, 'other') ? ourText(value.value) : JSON.stringify(value)
}
const decimal = (units: bigint): string => {
  const [whole, fraction] = [(units < 0n ? -units : units) / ONE, (units < 0n ? -units : units) % ONE]
  return String(Number((units < 0n ? -1 : 1) * Number(`${whole}.${String(fraction).padStart(8, '0')}`)) + 0)
}
