/** What an element has to be where it is there: text, number, yes or no, a list, or an object with elements of its own. */
type Shape = 'text' | 'number' | 'boolean' | readonly [Shape] | { readonly [element: string]: Shape } | (() => Shape)

const coded: Shape = { coding: [{ code: 'text', system: 'text' }], text: 'text' }
const extension: Shape = [{ url: 'text', valueCode: 'text', valueString: 'text', valueBoolean: 'boolean', valueCodeableConcept: coded }]
const criteria: Shape = { expression: 'text' }
const codes = (): Shape => [{ system: 'text', code: 'text', display: 'text', abstract: 'boolean', contains: codes }]

/** The elements that a package is read by, in each of its resources. */
const shapes: Readonly<Record<string, Shape>> = {
  Measure: {
    ...{ id: 'text', url: 'text', version: 'text', name: 'text', title: 'text', library: ['text'], extension },
    ...{ identifier: [{ type: coded, value: 'text' }], scoring: coded, improvementNotation: coded },
    supplementalData: [{ id: 'text', criteria }],
    group: [
      {
        ...{ id: 'text', extension, scoring: coded, basis: 'text', improvementNotation: coded },
        population: [{ id: 'text', extension, code: coded, criteria, inputPopulationId: 'text', aggregateMethod: coded }],
        stratifier: [{ id: 'text', extension, code: coded, criteria, component: [{ criteria }] }],
      },
    ],
  },
  Library: { id: 'text', url: 'text', version: 'text', name: 'text', content: [{ contentType: 'text', data: 'text' }] },
  ValueSet: {
    ...{ id: 'text', url: 'text', version: 'text', title: 'text' },
    compose: { include: [{ system: 'text', concept: [{ code: 'text', display: 'text' }], valueSet: ['text'] }] },
    expansion: { total: 'number', offset: 'number', parameter: [{ name: 'text' }], extension, contains: codes },
  },
}

/** The first element of a resource that is not what FHIR says it is, as a path; null where all are. */
export function misshapen(resource: Readonly<Record<string, unknown>>): string | null {
  const shape = shapes[String(resource.resourceType)]
  return shape ? mismatch(resource, shape, '') : null
}

function mismatch(value: unknown, shape: Shape, path: string): string | null {
  if (value === undefined) return null
  if (typeof shape === 'function') return mismatch(value, shape(), path)
  if (shape === 'text') return typeof value === 'string' ? null : path
  if (typeof shape === 'string') return typeof value === shape ? null : path
  if (typeof value !== 'object' || value === null) return path
  if (isList(shape)) {
    if (!Array.isArray(value)) return path
    for (const [index, item] of value.entries()) {
      const found = item === undefined ? null : mismatch(item, shape[0], `${path}[${index}]`)
      if (found !== null) return found
    }
    return null
  }
  if (Array.isArray(value)) return path
  for (const name in shape) {
    const found = mismatch((value as Readonly<Record<string, unknown>>)[name], shape[name]!, path ? `${path}.${name}` : name)
    if (found !== null) return found
  }
  return null
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
