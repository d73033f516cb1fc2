import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import type { ComingAsked, ComingStateName } from '#modules/quality'
import { PageInfoType } from '#shared/connection.graphql'

/**
 * Values first that need a look: highest first (of risk the tier, then the opportunity), the longest unseen first, the oldest people first, what comes due soonest. Charts without the
 * value come last.
 */
export const PatientSort = {
  NAME: 'NAME',
  AGE: 'AGE',
  LAST_VISIT: 'LAST_VISIT',
  A1C: 'A1C',
  SYSTOLIC: 'SYSTOLIC',
  PHQ9: 'PHQ9',
  OPEN_GAPS: 'OPEN_GAPS',
  RISK: 'RISK',
  DUE: 'DUE',
} as const
export type PatientSort = keyof typeof PatientSort

registerEnumType(PatientSort, {
  name: 'PatientSort',
  description: 'DUE: by the first of the gaps that `comingGap` asks for, which it needs.',
})

@ObjectType('PatientEdge', { simpleResolvers: true })
export class PatientEdgeType {
  @Field(() => String) cursor!: string
  @Field(() => PatientType) node!: PatientType
}

@ObjectType('PatientConnection', { simpleResolvers: true })
export class PatientConnectionType {
  @Field(() => [PatientEdgeType]) edges!: PatientEdgeType[]
  @Field(() => PageInfoType) pageInfo!: PageInfoType
  /** Counted when asked for, under the page's own conditions. */
  count!: () => Promise<number>
  comingGapsState!: () => Promise<ComingStateName>
}

@InputType({ description: 'Closed gaps that come due within so many days from today, 1 to 730.' })
export class ComingGapInput implements ComingAsked {
  @Field(() => Int) withinDays!: number
  @Field(() => String, { nullable: true, description: 'Id of a measure; of any unless told.' }) measure?: string | null
}

export const ComingGapsStateEnum = { UNDER_WAY: 'under-way', READY: 'ready', GIVEN_UP: 'given-up' } as const satisfies Record<
  string,
  ComingStateName
>
registerEnumType(ComingGapsStateEnum, {
  name: 'ComingGapsState',
  description:
    'UNDER_WAY: being worked out for the figures published last; until then nobody has any. GIVEN_UP: they will be with the next run.',
})
