import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { AssignmentKind } from './workforce.entity.ts'

const AssignmentKindEnum = { ASSIGNMENT: 'assignment', COVER: 'cover' } as const satisfies Record<string, AssignmentKind>
registerEnumType(AssignmentKindEnum, { name: 'AssignmentKind', description: 'COVER: for somebody who is away.' })

const AssignmentStateEnum = { PLANNED: 'planned', CURRENT: 'current', ENDED: 'ended' } as const
registerEnumType(AssignmentStateEnum, { name: 'AssignmentState' })

@ObjectType('CareAssignment', { simpleResolvers: true, description: 'A care manager works for a practice, from a day until a day.' })
export class CareAssignmentType {
  @Field(() => ID) id!: string
  @Field(() => ID) membershipId!: string
  @Field(() => String, { nullable: true, description: 'Null when the name is not yours to see.' }) careManager!: string | null
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => AssignmentKindEnum) kind!: AssignmentKind
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day.' }) endsOn!: Day | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Ended at once, whatever the last day was to be.' }) endedAt!: string | null
  @Field(() => AssignmentStateEnum) state!: 'planned' | 'current' | 'ended'
}

export const CareAssignmentConnectionType = connectionOf('CareAssignment', CareAssignmentType)

@ObjectType('CareManager', { simpleResolvers: true, description: 'A person of the coordinating body who can work for practices.' })
export class CareManagerType {
  @Field(() => ID, { description: 'Of the membership.' }) id!: string
  @Field(() => String) name!: string
  @Field(() => String) role!: string
}

export const CareManagerConnectionType = connectionOf('CareManager', CareManagerType)

@InputType()
export class AssignCareManagerInput {
  @Field(() => ID) membershipId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => AssignmentKindEnum, { nullable: true, defaultValue: AssignmentKindEnum.ASSIGNMENT }) kind!: AssignmentKind
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day; open unless told.' }) endsOn!: Day | null
  @Field(() => String, { description: '8 to 200 printable characters. The same key makes one assignment.' }) idempotencyKey!: string
}

export const CareAssignmentResult = createUnionType({
  name: 'CareAssignmentResult',
  types: () => [CareAssignmentType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'CareAssignment'),
})
