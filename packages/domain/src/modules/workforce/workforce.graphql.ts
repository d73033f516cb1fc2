import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { Duty } from './duty.ts'
import type { WeeklyHours } from './hours.ts'
import { DutyEnum } from './people/staff.graphql.ts'
import type { AssignmentKind } from './workforce.entity.ts'

export { DisciplineEnum } from './people/staff.graphql.ts'

export const AssignmentKindEnum = { ASSIGNMENT: 'assignment', COVER: 'cover' } as const satisfies Record<string, AssignmentKind>
registerEnumType(AssignmentKindEnum, { name: 'AssignmentKind', description: 'COVER: for somebody who is away.' })

const AssignmentStateEnum = { PLANNED: 'planned', CURRENT: 'current', ENDED: 'ended' } as const
registerEnumType(AssignmentStateEnum, { name: 'AssignmentState' })

@ObjectType('WeeklyHours', { simpleResolvers: true, description: 'A stretch of one day of every week.' })
export class WeeklyHoursType implements WeeklyHours {
  @Field(() => Int, { description: '1 Monday to 7 Sunday.' }) weekday!: number
  @Field(() => Int, { description: "Minutes after midnight, on the region's clocks." }) from!: number
  @Field(() => Int) until!: number
}

@InputType()
export class WeeklyHoursInput implements WeeklyHours {
  @Field(() => Int, { description: '1 Monday to 7 Sunday.' }) weekday!: number
  @Field(() => Int, { description: "Minutes after midnight, on the region's clocks." }) from!: number
  @Field(() => Int) until!: number
}

@ObjectType('CareAssignment', { simpleResolvers: true, description: 'A care manager works for a practice, from a day until a day.' })
export class CareAssignmentType {
  @Field(() => ID) id!: string
  @Field(() => ID) membershipId!: string
  @Field(() => String, { nullable: true, description: 'Null when the name is not yours to see.' }) careManager!: string | null
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => AssignmentKindEnum) kind!: AssignmentKind
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => [WeeklyHoursType], { description: 'Of an ordinary week, in order; empty: not agreed on.' }) hours!: WeeklyHoursType[]
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day.' }) endsOn!: Day | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Ended at once, whatever the last day was to be.' }) endedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Of a cover during leave: from exactly when.' }) from!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'The first moment after it.' }) until!: string | null
  @Field(() => String, { nullable: true, description: 'Who is away.' }) coversFor!: string | null
  @Field(() => AssignmentStateEnum) state!: 'planned' | 'current' | 'ended'
}

@ObjectType('CoveredDay', { simpleResolvers: true })
class CoveredDayType {
  @Field(() => Int, { description: '1 Monday to 7 Sunday.' }) weekday!: number
  @Field(() => Int) minutes!: number
  @Field(() => [String], { description: 'By name.' }) people!: string[]
}

@ObjectType('PracticeCoverage', { simpleResolvers: true, description: 'Who is at a practice on which weekday.' })
export class PracticeCoverageType {
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => [CoveredDayType], { description: 'Monday to Sunday.' }) days!: CoveredDayType[]
  @Field(() => Int) weeklyMinutes!: number
  @Field(() => [String], { description: 'Who works there without hours that were agreed on.' }) withoutHours!: string[]
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
  @Field(() => DutyEnum, { nullable: true, defaultValue: 'care-management' }) duty!: Duty
  @Field(() => [WeeklyHoursInput], { nullable: true, defaultValue: [], description: 'Of an ordinary week.' }) hours!: WeeklyHoursInput[]
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day; open unless told.' }) endsOn!: Day | null
  @Field(() => String, { description: '8 to 200 printable characters. The same key makes one assignment.' }) idempotencyKey!: string
}

export const CareAssignmentResult = createUnionType({
  name: 'CareAssignmentResult',
  types: () => [CareAssignmentType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'CareAssignment'),
})
