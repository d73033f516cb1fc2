import { fhirConversions } from '../front-end/fhir-model.ts'
import type { Draw } from './draw.fixture.ts'
import { fhirName, pathsFrom, type Path } from './fhir-paths.fixture.ts'
import { codes, resourceTypes } from './random-chart.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'
import { anyInValueSet, call, node, sortKey } from './random-functions.fixture.ts'
import { leafOf, operatorsOf, precisionOf } from './random-operators.fixture.ts'

/** What has a name where an expression stands. */
interface Named {
  readonly ref: ElmJson
  readonly type: string
}

/** An earlier definition of the same random library. */
export interface RandomDefinition {
  readonly name: string
  readonly type: string
  readonly expression: ElmJson
}

const conversions = fhirConversions().map(({ functionName, fromType, toType }) => ({
  name: functionName.replace('FHIRHelpers.', ''),
  from: fromType,
  to: toType.replaceAll('System.', ''),
}))
const patient: Named = { ref: node('ExpressionRef', { name: 'Patient' }), type: 'FHIR.Patient' }

/** Random well-typed expressions over the FHIR model, as the translator would write them. */
export class RandomLibrary {
  readonly definitions: RandomDefinition[] = []
  readonly #draw: Draw
  #aliases = 0

  constructor(draw: Draw) {
    this.#draw = draw
    for (const name of ['Some', 'Others'].slice(0, draw.below(3))) {
      const type = draw.of(resourceTypes)
      this.definitions.push({ name, type, expression: this.#resources(type, 2, []) })
    }
    const type = draw.of([
      'Boolean',
      'Boolean',
      'Resources',
      'Integer',
      'Quantity',
      'DateTime',
      'Interval<DateTime>',
      'String',
      'Date',
      'Decimal',
      'Concept',
    ])
    const resource = draw.of(resourceTypes)
    const expression =
      type === 'Resources'
        ? this.#resources(resource, 3, [])
        : draw.once(3)
          ? this.#value(type, 4, [])
          : this.#returned(resource, type, 4, [])
    this.definitions.push({ name: 'Root', type, expression })
  }

  /** A value of a System type. */
  #value(type: string, depth: number, scope: readonly Named[]): ElmJson {
    const draw = this.#draw
    if (depth <= 0) return draw.once(3) ? leafOf(type, draw) : (this.#read(type, scope) ?? leafOf(type, draw))
    const shapes = [
      () => this.#read(type, scope) ?? leafOf(type, draw),
      () => leafOf(type, draw),
      ...this.#operators(type, depth, scope),
      ...this.#ofLists(type, depth, scope),
      () => this.#conditional(type, depth, scope),
    ]
    return draw.of(shapes)()
  }

  #operators(type: string, depth: number, scope: readonly Named[]): (() => ElmJson)[] {
    const draw = this.#draw
    return operatorsOf(type).map((operator) => () => {
      const { name, takes, part } = draw.of(operator)
      const args = takes.map((one) => this.#value(one, depth - 1, scope))
      return node(name, { ...(part ? { [part]: args[0] } : { operand: args }), ...precisionOf(name, takes, draw) })
    })
  }

  #conditional(type: string, depth: number, scope: readonly Named[]): ElmJson {
    const inner = (): ElmJson => this.#value(type, depth - 1, scope)
    const holds = (): ElmJson => this.#value('Boolean', depth - 1, scope)
    switch (this.#draw.below(3)) {
      case 0:
        return node('If', { condition: holds(), then: inner(), else: inner() })
      case 1:
        return node('Case', {
          caseItem: [
            { when: holds(), then: inner() },
            { when: holds(), then: inner() },
          ],
          else: inner(),
        })
      default:
        return node('Coalesce', { operand: [inner(), inner()] })
    }
  }

  /** What a path leads to, converted where it is of the FHIR model. */
  #read(type: string, scope: readonly Named[]): ElmJson | null {
    const found = [...scope]
      .reverse()
      .flatMap((named): Named[] => [named, ...pathsFrom(named.type).map(({ to, type: at }: Path) => ({ ref: to(named.ref), type: at }))])
    const reach =
      scope.length === 0 || this.#draw.once(6)
        ? [...found, ...pathsFrom('FHIR.Patient').map(({ to, type: at }) => ({ ref: to(patient.ref), type: at }))]
        : found
    const ways = reach.flatMap((named) => this.#as(type, named))
    return ways.length === 0 ? null : this.#draw.of(ways)()
  }

  #as(type: string, { ref, type: from }: Named): (() => ElmJson)[] {
    if (from === type) return [() => ref]
    if (type === 'Boolean') return this.#questions(ref, from)
    if (type === 'Interval<DateTime>' && from.startsWith('Choice<') && from.includes('FHIR.Period'))
      return [() => call('When', [ref], null)]
    if (type === 'String' && /^FHIR\.(?:Quantity|CodeableConcept|Coding)$/.test(from)) return [() => call('Label', [ref], null)]
    return conversions
      .filter((one) => one.from === from && one.to === type)
      .flatMap(({ name }) => [
        () => call(name, [ref]),
        ...(name === 'ToString' || name === 'ToDateTime' ? [() => node('Property', { path: 'value', source: ref })] : []),
      ])
  }

  #questions(ref: ElmJson, from: string): (() => ElmJson)[] {
    const draw = this.#draw
    const member = (code: ElmJson) => (): ElmJson => node('InValueSet', { code, valueset: { name: draw.of(['First', 'Second', 'Empty']) } })
    if (from.startsWith('Choice<')) {
      const choices = from.slice(7, -1).split(',')
      return [() => node('Is', { operand: ref, isType: fhirName(draw.of(choices)) }), () => node('IsNull', { operand: ref })]
    }
    if (from === 'FHIR.CodeableConcept')
      return [
        member(call('ToConcept', [ref])),
        () => node('Equivalent', { operand: [call('ToConcept', [ref]), node('ToConcept', { operand: codeRef(draw) })] }),
        () => node('IsNull', { operand: ref }),
      ]
    if (from === 'FHIR.Coding')
      return [member(call('ToCode', [ref])), () => node('Equivalent', { operand: [call('ToCode', [ref]), codeRef(draw)] })]
    if (from === 'List<FHIR.CodeableConcept>')
      return [() => anyInValueSet(ref, this.#alias('X'), draw.of(['First', 'Second', 'Empty'])), () => node('Exists', { operand: ref })]
    if (from.startsWith('List<FHIR.')) return [() => node('Exists', { operand: ref })]
    if (from === 'FHIR.boolean') return [() => call('ToBoolean', [ref])]
    return conversions.some((one) => one.from === from && one.to === 'String')
      ? [() => node('Equal', { operand: [call('ToString', [ref]), leafOf('String', draw)] })]
      : []
  }

  #ofLists(type: string, depth: number, scope: readonly Named[]): (() => ElmJson)[] {
    const draw = this.#draw
    const resource = draw.of(resourceTypes)
    const list = (of: string): ElmJson => this.#returned(resource, of, depth - 1, scope)
    const shapes: (() => ElmJson)[] = [
      () => node(draw.of(['First', 'Last']), { source: list(type) }),
      () => node('SingletonFrom', { operand: list(type) }),
    ]
    if (type === 'Boolean')
      shapes.push(...[1, 2, 3].map(() => () => node('Exists', { operand: this.#resources(resource, depth - 1, scope) })), () =>
        node(draw.of(['AllTrue', 'AnyTrue']), { source: list('Boolean') }),
      )
    if (type === 'Integer')
      shapes.push(
        () => node('Count', { source: this.#resources(resource, depth - 1, scope) }),
        () => this.#aggregated(resource, depth - 1, scope),
      )
    if (/^(?:Integer|Decimal|Quantity)$/.test(type)) shapes.push(() => node(draw.of(['Sum', 'Min', 'Max']), { source: list(type) }))
    if (/^(?:DateTime|Date|String)$/.test(type)) shapes.push(() => node(draw.of(['Min', 'Max']), { source: list(type) }))
    return shapes
  }

  /** Resources of a type. */
  #resources(type: string, depth: number, scope: readonly Named[]): ElmJson {
    const draw = this.#draw
    const known = this.definitions.filter((one) => one.type === type)
    const shapes = [
      () => this.#retrieve(type),
      ...known.map(
        ({ name }) =>
          () =>
            node('ExpressionRef', { name }),
      ),
      ...(depth <= 0 ? [] : [0, 1, 2].map(() => () => this.#query(type, depth, scope))),
      ...(depth <= 0
        ? []
        : [
            () =>
              node(draw.of(['Union', 'Intersect', 'Except']), {
                operand: [this.#resources(type, depth - 1, scope), this.#resources(type, depth - 1, scope)],
              }),
          ]),
    ]
    return draw.of(shapes)()
  }

  #retrieve(type: string): ElmJson {
    const draw = this.#draw
    const codeProperty = { Encounter: 'type', MedicationRequest: 'medication' }[type] ?? 'code'
    const set = { type: 'ValueSetRef', name: draw.of(['First', 'Second', 'Empty']), preserve: true }
    const filters = [
      {},
      {},
      {},
      { codeProperty, codes: set, codeComparator: 'in' },
      { codeProperty, codes: node('ToList', { operand: codeRef(draw) }), codeComparator: '~' },
      { codeProperty, codes: node('Property', { path: 'codes', source: node('ConceptRef', { name: 'Both' }) }), codeComparator: '~' },
      {
        codeProperty: type === 'MedicationRequest' ? 'reasonCode' : type === 'Encounter' ? 'class' : codeProperty,
        codes: set,
        codeComparator: 'in',
      },
    ]
    return node('Retrieve', {
      dataType: fhirName(`FHIR.${type}`),
      templateId: `http://hl7.org/fhir/StructureDefinition/${type}`,
      ...draw.of(filters),
    })
  }

  #alias(prefix: string): string {
    return `${prefix}${++this.#aliases}`
  }

  #query(type: string, depth: number, scope: readonly Named[]): ElmJson {
    const draw = this.#draw
    const { clauses, inner } = this.#clauses(type, depth, scope)
    const sort = draw.once(4)
      ? { sort: { by: [{ type: 'ByExpression', direction: draw.of(['asc', 'desc']), expression: sortKey(type) }] } }
      : {}
    const ret = draw.once(5) ? { return: { distinct: draw.once(2), expression: inner[0]!.ref } } : {}
    return node('Query', { ...clauses, ...ret, ...sort })
  }

  /** A list of System values, one for each resource. */
  #returned(resource: string, type: string, depth: number, scope: readonly Named[]): ElmJson {
    const draw = this.#draw
    const { clauses, inner } = this.#clauses(resource, depth, scope)
    const expression = this.#value(type, depth - 1, inner)
    const sortable = /^(?:Integer|Decimal|String|Date)$/.test(type) && draw.once(3)
    return node('Query', {
      ...clauses,
      // Whether intervals of which an end is not known are the same is unknown: there each engine keeps what it keeps.
      return: { distinct: draw.once(3) && !type.startsWith('Interval'), expression },
      ...(sortable ? { sort: { by: [{ type: 'ByDirection', direction: draw.of(['asc', 'desc']) }] } } : {}),
    })
  }

  #aggregated(resource: string, depth: number, scope: readonly Named[]): ElmJson {
    const { clauses, inner } = this.#clauses(resource, depth, scope)
    const total = { ref: node('QueryLetRef', { name: 'total' }), type: 'Integer' }
    return node('Query', {
      ...clauses,
      aggregate: {
        identifier: 'total',
        distinct: false,
        starting: leafOf('Integer', this.#draw),
        expression: this.#value('Integer', depth, [...inner, total]),
      },
    })
  }

  #clauses(type: string, depth: number, scope: readonly Named[]): { clauses: Readonly<Record<string, unknown>>; inner: readonly Named[] } {
    const draw = this.#draw
    const alias = this.#alias(type[0]!)
    const own = { ref: node('AliasRef', { name: alias }), type: `FHIR.${type}` }
    const source = [{ alias, expression: this.#resources(type, depth - 1, scope) }]
    const lets = draw.once(3) ? [this.#let(depth, [own, ...scope])] : []
    const inner = [own, ...lets.map(({ named }) => named), ...scope]
    const relationship = draw.once(3) ? [this.#relationship(depth, inner)] : []
    const where = draw.once(2) ? null : this.#value('Boolean', depth - 1, inner)
    return { clauses: { source, let: lets.map(({ clause }) => clause), relationship, ...(where ? { where } : {}) }, inner }
  }

  #let(depth: number, scope: readonly Named[]): { named: Named; clause: object } {
    const type = this.#draw.of(['Interval<DateTime>', 'Quantity', 'Boolean', 'DateTime'])
    const identifier = this.#alias('x')
    return {
      named: { ref: node('QueryLetRef', { name: identifier }), type },
      clause: { identifier, expression: this.#value(type, depth - 1, scope) },
    }
  }

  #relationship(depth: number, scope: readonly Named[]): object {
    const type = this.#draw.of(resourceTypes)
    const alias = this.#alias(type[0]!)
    const partner = { ref: node('AliasRef', { name: alias }), type: `FHIR.${type}` }
    const expression = this.#resources(type, depth - 1, scope)
    return { type: this.#draw.of(['With', 'Without']), alias, expression, suchThat: this.#value('Boolean', depth - 1, [partner, ...scope]) }
  }
}

const codeRef = (draw: Draw): ElmJson => node('CodeRef', { name: draw.of(codes) })
