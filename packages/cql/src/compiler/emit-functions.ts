import { objectsPart, type ElmNode } from '../elm/elm-node.ts'
import { system, type StaticType } from '../elm/static-type.ts'
import { operandTypes } from '../elm/operand-types.ts'
import { typeOfSpecifier } from '../elm/type-specifier.ts'
import { code, isLiteral, type Code } from './code.ts'
import type { Emitter } from './emit.ts'
import { homeOf, nameOf } from './emit-references.ts'
import { Frame, emptyScope } from './frame.ts'
import { operandNames } from './program.ts'
import { isSubtype, mayBe } from './subtype.ts'

/**
 * FunctionRef. An overload is chosen by the signature that the translator wrote, else by the static types of the
 * operands; it is compiled once for each combination of operand types, so that what its body asks of them is known.
 */
export const functions: Readonly<Record<string, Emitter>> = {
  FunctionRef(node, frame) {
    const name = nameOf(node, frame)
    const library = homeOf(node, frame)
    const values = objectsPart(node, 'operand').map((operand) => frame.emit(operand, node))
    const overloads = (library.functions.get(name) ?? []).filter((overload) => operandTypes(overload).length === values.length)
    if (overloads.length === 0) frame.refuse(node, `${library.name} has no function "${name}" of ${values.length} operands.`)
    const chosen =
      choose(overloads, node, values) ??
      frame.refuse(node, `"${name}" cannot be called with (${values.map(({ type }) => type.text).join(', ')}).`)
    if (chosen.external === true || chosen.expression === undefined || chosen.expression === null) {
      frame.refuse(node, `"${name}" of ${library.name} is external: it has no logic in the package.`)
    }
    const declared = operandTypes(chosen)
    const types = values.map((value, index) => operandType(value, declared[index] ?? null))
    if (values.some((value) => value.choice)) return inlined(chosen, values, types, { library, name, frame, node })
    const args = values.map((value, index) => frame.as(value, types[index]!).js)
    const { js, type } = frame.program.instance(library, chosen, types, (reason) => frame.refuse(node, reason))
    return frame.value(`${js}(${args.join(', ')})`, type)
  },
}

/** Narrower than declared is better: what the body asks of its operand is then decided here and not for every chart. */
function operandType(value: Code, declared: StaticType | null): StaticType {
  if (!declared) return value.type
  if (isLiteral(value, 'null')) return declared
  return isSubtype(value.type, declared) ? value.type : declared
}

interface Call {
  readonly library: Frame['library']
  readonly name: string
  readonly frame: Frame
  readonly node: ElmNode
}

/** Written where it is called: the body of FHIRHelpers.ToValue then reads the one JSON property of `value[x]` that is there. */
function inlined(chosen: ElmNode, values: readonly Code[], types: readonly StaticType[], { library, name, frame, node }: Call): Code {
  const { writer } = frame
  const key = JSON.stringify([
    'inlined',
    library.number,
    name,
    values.map((value) => [value.choice?.object ?? value.js, value.type.text, value.choice ? value.choice.element.choices : null]),
  ])
  const known = writer.known(key)
  if (known !== undefined) {
    const [js, type] = inlinedResults.get(writer)!.get(known)!
    return code(js, type)
  }
  const names = operandNames(chosen)
  const operands = new Map(
    values.map((value, index) => [names[index]!, value.choice && value.type === types[index] ? value : frame.as(value, types[index]!)]),
  )
  const body = new Frame(frame.program, library, name, writer, { ...emptyScope, operands })
  const { js, type } = frame.program.inlining(
    chosen,
    () => body.emit(chosen.expression, chosen),
    (reason) => frame.refuse(node, reason),
  )
  writer.remember(key, js)
  const results = inlinedResults.get(writer) ?? new Map<string, readonly [string, StaticType]>()
  inlinedResults.set(writer, results.set(js, [js, type]))
  return code(js, type)
}

const inlinedResults = new WeakMap<Frame['writer'], Map<string, readonly [string, StaticType]>>()

function choose(overloads: readonly ElmNode[], node: ElmNode, values: readonly Code[]): ElmNode | null {
  const signature = objectsPart(node, 'signature').map(typeOfSpecifier)
  const wanted =
    signature.length === values.length ? signature.map((type, index) => type ?? values[index]!.type) : values.map(({ type }) => type)
  let best: ElmNode | null = null
  let least = Infinity
  for (const overload of overloads) {
    const cost = operandTypes(overload).reduce((sum, declared, index) => sum + distance(wanted[index]!, declared), 0)
    if (cost < least) [best, least] = [overload, cost]
  }
  return best
}

/** How far a type is from the declared one: 0 the same, infinite when no value fits. */
function distance(type: StaticType, declared: StaticType | null): number {
  if (!declared || type === declared) return 0
  if (isSubtype(type, declared)) return declared === system.any ? 3 : declared.kind === 'choice' ? 2 : 1
  return mayBe(type, declared) ? 10 : Infinity
}
