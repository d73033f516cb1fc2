import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import { PageInfoType } from '#shared/connection.graphql'

/** Values first that need a look: highest first, the longest unseen first, the oldest people first. Charts without the value come last. */
export const PatientSort = {
  NAME: 'NAME',
  AGE: 'AGE',
  LAST_VISIT: 'LAST_VISIT',
  A1C: 'A1C',
  SYSTOLIC: 'SYSTOLIC',
  PHQ9: 'PHQ9',
  OPEN_GAPS: 'OPEN_GAPS',
} as const
export type PatientSort = keyof typeof PatientSort

registerEnumType(PatientSort, { name: 'PatientSort' })

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
}
