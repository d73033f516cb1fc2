import type { GroupDefinition } from './measure-definition.ts'

/** Definitions of the measure's own library that a group asks for. */
export const criteriaOf = ({ populations, observations, stratifiers }: GroupDefinition): string[] => [
  ...populations.map(({ expression }) => expression),
  ...observations.map(({ expression }) => expression),
  ...stratifiers.flatMap(({ expressions, ofItems }) => expressions.flatMap((expression, index) => ofItems[index] ?? expression)),
]
