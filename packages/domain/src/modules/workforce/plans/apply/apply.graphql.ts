import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { RefusedType } from '#shared/refused.graphql'
import { DayScalar } from '#shared/scalars.graphql'
import type { Duty } from '../../duty.ts'
import { DutyEnum } from '../../people/staff.graphql.ts'
import { ConcernType } from '../../schedule/schedule.graphql.ts'
import { WeeklyHoursType } from '../../workforce.graphql.ts'

const ChangeKindEnum = { STAYS: 'stays', BEGINS: 'begins', CHANGES: 'changes', ENDS: 'ends' } as const
registerEnumType(ChangeKindEnum, {
  name: 'StaffPlanChangeKind',
  description: 'CHANGES: what is agreed on ends the day before, and other hours begin. STAYS: not touched.',
})

@ObjectType('StaffPlanChange', { simpleResolvers: true, description: 'What a plan makes of one person at one practice.' })
class PlanChangeType {
  @Field(() => ChangeKindEnum) kind!: (typeof ChangeKindEnum)[keyof typeof ChangeKindEnum]
  @Field(() => ID) membershipId!: string
  @Field(() => String) careManager!: string
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => [DutyEnum], { description: 'All that the plan has the time for, the most first.' }) duties!: Duty[]
  @Field(() => [WeeklyHoursType]) hoursBefore!: WeeklyHoursType[]
  @Field(() => [WeeklyHoursType], { description: 'Of an ordinary week from the first day on.' }) hours!: WeeklyHoursType[]
  @Field(() => Int, { description: 'A week.' }) minutesBefore!: number
  @Field(() => Int) minutes!: number
  @Field(() => DayScalar, { nullable: true, description: 'The last day of it; null: open.' }) endsOn!: Day | null
  @Field(() => String, { nullable: true, description: 'Why it cannot be done as things stand; null when it can.' }) refusal!: string | null
  @Field(() => [ConcernType], { description: 'What stands against it without forbidding it.' }) concerns!: ConcernType[]
}

@ObjectType('StaffPlanTaker', { simpleResolvers: true })
class TakerType {
  @Field(() => ID) membershipId!: string
  @Field(() => String) name!: string
  @Field(() => Int, { description: 'A week there.' }) minutes!: number
}

@ObjectType('StaffPlanHandoff', {
  simpleResolvers: true,
  description: 'Somebody leaves a practice, or has less time there: what they lead, as numbers. No patient is named.',
})
class PlanHandoffType {
  @Field(() => ID) membershipId!: string
  @Field(() => String) careManager!: string
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => Boolean, { description: 'They do not work there any more from the first day on.' }) leaves!: boolean
  @Field(() => Int, { description: 'A week.' }) fewerMinutes!: number
  @Field(() => Int, { description: 'Open cases that they lead there.' }) cases!: number
  @Field(() => Int) points!: number
  @Field(() => Int, { description: 'Somebody has to have been in touch by a week after the first day.' }) due!: number
  @Field(() => [TakerType], { description: 'Whom the plan puts there for the same, and who may do it.' }) takers!: TakerType[]
}

@ObjectType('StaffPlanPreview', { simpleResolvers: true, description: 'What putting a plan in force would do as things stand.' })
class PlanPreviewType {
  @Field(() => ID) planId!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => String, { description: 'Names this preview: a plan is put in force as it was previewed or not at all.' }) hash!: string
  @Field(() => [PlanChangeType], { description: 'By practice and person.' }) changes!: PlanChangeType[]
  @Field(() => [PlanHandoffType]) handoffs!: PlanHandoffType[]
  @Field(() => [OrganizationType], { description: 'Where nobody works on the first day.' }) withNobody!: OrganizationType[]
}

export const PlanPreviewResult = createUnionType({
  name: 'StaffPlanPreviewResult',
  types: () => [PlanPreviewType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'StaffPlanPreview'),
})
