import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { RefusedType } from '#shared/refused.graphql'
import { DayScalar } from '#shared/scalars.graphql'
import type { Duty } from '../duty.ts'
import { DutyEnum } from '../people/staff.graphql.ts'
import type { AssignmentKind } from '../workforce.entity.ts'
import { AssignmentKindEnum, WeeklyHoursInput } from '../workforce.graphql.ts'
import type { CalendarDay, Stint } from './calendar.ts'
import { type Concern, type ConcernKind, concernKinds } from './concerns.ts'
import type { AssignmentPreview } from './preview-assignment.ts'
import type { NewTravelTime, TravelTimeRow } from './travel-times.ts'

const ConcernKindEnum = Object.fromEntries(concernKinds.map((kind) => [kind.toUpperCase().replaceAll('-', '_'), kind])) as Record<
  string,
  ConcernKind
>
registerEnumType(ConcernKindEnum, {
  name: 'AssignmentConcernKind',
  description: 'What stands against new work without forbidding it. CLASH: at two practices at once. OVERTIME: more than the paid week.',
})

@ObjectType('AssignmentConcern', { simpleResolvers: true })
export class ConcernType implements Concern {
  @Field(() => ConcernKindEnum) kind!: ConcernKind
  @Field(() => String, { nullable: true, description: 'The other practice.' }) practice!: string | null
  @Field(() => Int, { nullable: true, description: '1 Monday to 7 Sunday.' }) weekday!: number | null
  @Field(() => DayScalar) from!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day; null: open.' }) until!: Day | null
  @Field(() => Int, {
    nullable: true,
    description: 'Of a clash those at both places, of travel those that it takes, of overtime those past the paid week.',
  })
  minutes!: number | null
}

@ObjectType('AssignmentPreview', { simpleResolvers: true, description: 'What an assignment would meet, before it is made.' })
export class AssignmentPreviewType implements AssignmentPreview {
  @Field(() => String, { nullable: true, description: 'Why it would be refused; null when it would not.' }) refusal!: string | null
  @Field(() => [ConcernType]) concerns!: ConcernType[]
  @Field(() => Int, { description: 'Agreed on for a week of the first day, without it.' }) minutesBefore!: number
  @Field(() => Int, { description: 'The most in a week of its time, with it.' }) minutesAfter!: number
  @Field(() => Int, { nullable: true, description: 'Paid in an ordinary week; null: not recorded.' }) paidMinutes!: number | null
}

@InputType()
export class PreviewAssignmentInput {
  @Field(() => ID) membershipId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => DutyEnum, { nullable: true, defaultValue: 'care-management' }) duty!: Duty
  @Field(() => [WeeklyHoursInput], { nullable: true, defaultValue: [], description: 'Of an ordinary week.' }) hours!: WeeklyHoursInput[]
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day; open unless told.' }) endsOn!: Day | null
}

@ObjectType('WorkStint', { simpleResolvers: true, description: 'Somebody at a practice on a day, as agreed.' })
class StintType implements Stint {
  @Field(() => ID) assignmentId!: string
  @Field(() => String, { nullable: true, description: 'Null when the name is not yours to see.' }) careManager!: string | null
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => AssignmentKindEnum) kind!: AssignmentKind
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => Int, { nullable: true, description: "Minutes after midnight on the region's clocks; null: no hours are agreed on." })
  from!: number | null
  @Field(() => Int, { nullable: true }) until!: number | null
  @Field(() => String, { nullable: true, description: 'Who is away, of a cover.' }) coversFor!: string | null
  @Field(() => Boolean, { description: 'Away for all or part of it.' }) isAway!: boolean
}

@ObjectType('WorkDay', { simpleResolvers: true })
export class WorkDayType implements CalendarDay {
  @Field(() => DayScalar) day!: Day
  @Field(() => [StintType]) stints!: StintType[]
}

@ObjectType('TravelTime', { simpleResolvers: true, description: 'Between two towns, either way, from a day on.' })
export class TravelTimeType implements TravelTimeRow {
  @Field(() => ID) id!: string
  @Field(() => String) oneTown!: string
  @Field(() => String) otherTown!: string
  @Field(() => Int) minutes!: number
  @Field(() => DayScalar) since!: Day
}

@InputType()
export class RecordTravelTimeInput implements NewTravelTime {
  @Field(() => String, { description: 'A town, spelled as on practices and home bases.' }) from!: string
  @Field(() => String) to!: string
  @Field(() => Int, { description: '0 to 600, either way.' }) minutes!: number
  @Field(() => DayScalar, { description: 'The day from which it holds.' }) since!: Day
}

export const TravelTimeResult = createUnionType({
  name: 'TravelTimeResult',
  types: () => [TravelTimeType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'TravelTime'),
})
