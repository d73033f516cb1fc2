import type { MeasureDescription } from '../pool/thread-messages.ts'
import { type LogicLine, logicLines } from '../explain/logic-lines.ts'
import { measureName } from './measure-name.ts'
import type { FhirMeasure, MeasurePackage } from './measure-package.ts'
import { attachment, dependencies, packageContent } from './package-content.ts'
import { type PackageParts, packageParts } from './package-parts.ts'
import type { PackageProblem } from './package-problem.ts'
import { type RequirementWords, requirementWords } from './requirement-words.ts'

/** What people read of a package before they agree on it. Plain data. */
export interface PackagePage extends PackageParts {
  readonly name: string
  readonly url: string
  readonly description: string
  readonly publisher: string
  /** Terms of whoever owns the measure; who loads it has to hold them. */
  readonly copyright: string
  readonly disclaimer: string
  readonly groups: readonly PageGroup[]
  readonly supplementalData: readonly string[]
  readonly requirements: readonly RequirementWords[]
  /** CQL of the measure's own library, where the package brings it. */
  readonly cql: string | null
  readonly warnings: readonly PackageProblem[]
}

interface PageGroup {
  readonly id: string
  readonly scoring: string
  /** `boolean` counts people, a type resources of it. */
  readonly basis: string
  readonly improvementNotation: 'increase' | 'decrease' | null
  readonly populations: readonly { readonly code: string; readonly definition: string; readonly logic: readonly LogicLine[] }[]
  readonly observations: readonly { readonly definition: string; readonly aggregate: string; readonly over: string }[]
  readonly stratifiers: readonly { readonly id: string; readonly definitions: readonly string[] }[]
}

export function packagePage(
  pkg: MeasurePackage,
  { groups, supplementalData, requirements }: MeasureDescription,
  warnings: readonly PackageProblem[],
): PackagePage {
  const content = packageContent(pkg.bundle)
  const measure = content.measures[0]! as FhirMeasure & Readonly<Record<string, unknown>>
  const libraries = dependencies(content, measure)
  const logic = logicLines(
    libraries.map(({ elm }) => elm!),
    groups.flatMap(({ definition }) => definition.populations.map(({ expression }) => expression)),
  )
  const text = (element: string): string => (typeof measure[element] === 'string' ? measure[element].trim() : '')
  return {
    ...packageParts(pkg),
    ...{ name: measureName(measure), url: pkg.url, description: text('description'), publisher: text('publisher') },
    ...{ copyright: text('copyright'), disclaimer: text('disclaimer'), cql: attachment(libraries[0]!.resource, 'text/cql'), warnings },
    groups: groups.map(({ id, definition }) => ({
      ...{ id, scoring: definition.scoring, basis: definition.basis, improvementNotation: definition.improvementNotation },
      populations: definition.populations.map(({ code, expression }) => ({
        ...{ code, definition: expression, logic: logic.get(expression) ?? [] },
      })),
      observations: definition.observations.map(({ observer, aggregate, observes }) => ({
        ...{ definition: observer, aggregate, over: definition.populations[observes]!.code },
      })),
      stratifiers: definition.stratifiers.map(({ id, expressions }) => ({ id, definitions: expressions })),
    })),
    supplementalData: supplementalData.map(({ expression }) => expression),
    requirements: requirementWords(requirements, pkg),
  }
}
