import type { ElmDefinition, ElmLibrary } from '../front-end/translation.ts'
import type { MeasureDefinition } from '../scoring/measure-definition.ts'
import type { Findings, PackageProblem } from './package-problem.ts'

/** Whether everything that the measure asks for by name is defined in its library as what it is used for. */
export function definitionFindings(definition: MeasureDefinition, library: ElmLibrary, subject: string): Findings {
  const definitions = library.statements?.def ?? []
  const problems: PackageProblem[] = []
  const say = (message: string): void => {
    if (!problems.some((problem) => problem.message === message)) problems.push({ subject, message })
  }
  const expect = (name: string): void => {
    const found = definitions.filter((one) => one.name === name)
    if (found.length === 0) say(`The library does not define "${name}".`)
    else if (found.every(isFunction)) say(`"${name}" is a function where the measure needs a definition.`)
  }
  const isFunctionOfOne = (name: string): boolean =>
    definitions.some((one) => one.name === name && isFunction(one) && operands(one) === 1) &&
    definitions.every((one) => one.name !== name || isFunction(one))
  for (const group of definition.groups) {
    for (const { expression } of group.populations) expect(expression)
    for (const { expressions } of group.stratifiers) {
      for (const name of expressions) if (group.basis === 'boolean' || !isFunctionOfOne(name)) expect(name)
    }
    for (const { observer } of group.observations) {
      const found = definitions.filter((one) => one.name === observer)
      if (found.length === 0) say(`The library does not define "${observer}".`)
      else if (group.basis !== 'boolean' && !found.some((one) => isFunction(one) && operands(one) === 1)) {
        say(`"${observer}" observes each ${group.basis}, so it has to be a function of one operand.`)
      }
    }
  }
  const missing = definition.supplementalData.filter(({ expression }) => !definitions.some(({ name }) => name === expression))
  const warnings = missing.map(({ expression }) => ({
    subject,
    message: `Supplemental data "${expression}" is not defined; it is left out.`,
  }))
  return { problems, warnings }
}

const isFunction = ({ type }: ElmDefinition): boolean => type === 'FunctionDef'
const operands = (definition: ElmDefinition): number => {
  const { operand } = definition as { operand?: unknown }
  return Array.isArray(operand) ? operand.length : 0
}
