import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { Duty } from '../duty.ts'
import { DisciplineEnum, DutyEnum } from '../people/staff.graphql.ts'
import type { PartOfNeed, PlanWish } from './plan-wish.ts'
import type { PlanState } from './staff-plan.entity.ts'

const enumOf = <Value extends string>(...values: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(values.map((value) => [value.toUpperCase().replaceAll('-', '_'), value]))

const PlanStateEnum = { UNDER_WAY: 'queued', READY: 'done', FAILED: 'failed' } as const satisfies Record<string, PlanState>
registerEnumType(PlanStateEnum, { name: 'StaffPlanState' })
const reasonKinds = ['pinned', 'kept', 'only-one', 'lifts'] as const
const PlanReasonEnum = enumOf(...reasonKinds)
registerEnumType(PlanReasonEnum, {
  name: 'PlanReasonKind',
  description:
    "KEPT: so many of today's minutes stay with the same person. ONLY_ONE: nobody else may do it. LIFTS: the practice's share of its need without, and with.",
})
const unservedKinds = ['nobody-may', 'all-planned', 'rules'] as const
const UnservedEnum = enumOf(...unservedKinds)
registerEnumType(UnservedEnum, {
  name: 'UnservedKind',
  description:
    'NOBODY_MAY: by bars. ALL_PLANNED: nobody who may has time left. RULES: blocks, travel or the number of practices keep them away.',
})
const barKinds = ['scope', 'license', 'language', 'forbidden'] as const
const BarEnum = enumOf(...barKinds)
registerEnumType(BarEnum, { name: 'PlanBar', description: 'The first rule that keeps somebody away.' })
const endingKinds = [...barKinds, 'no-need', 'needed-elsewhere'] as const
const EndingEnum = enumOf(...endingKinds)
registerEnumType(EndingEnum, { name: 'PlanEndingReason' })
const criterionKinds = ['common-level', 'practices-at-level', 'served', 'kept', 'travel'] as const
const CriterionEnum = enumOf(...criterionKinds)
registerEnumType(CriterionEnum, {
  name: 'PlanCriterion',
  description:
    'In the order in which they were made the most of. COMMON_LEVEL: what all practices reach. PRACTICES_AT_LEVEL: how many reach a level. In steps: SERVED, KEPT; TRAVEL in minutes.',
})
const ruleKinds = ['minimum-block', 'maximum-practices', 'travel', 'language', 'license', 'pin', 'forbid'] as const
const RuleEnum = enumOf(...ruleKinds)
registerEnumType(RuleEnum, { name: 'PricedRule' })

@ObjectType('PlanPerson', { simpleResolvers: true })
export class PlanPersonType {
  @Field(() => ID, { description: 'Of the membership.' }) id!: string
  @Field(() => String, { description: 'Empty where the person is not here any more.' }) name!: string
  @Field(() => DisciplineEnum) discipline!: string
  @Field(() => [String], { description: 'BCP 47.' }) languages!: string[]
  @Field(() => Boolean) isLicensed!: boolean
  @Field(() => Int, { description: 'A week for patients, less leave, travel, meetings and what is kept.' }) availableMinutes!: number
  @Field(() => Int) travelAllowance!: number
}

@ObjectType('PlanNeed', { simpleResolvers: true })
export class PlanNeedType {
  @Field(() => DutyEnum) duty!: string
  @Field(() => String, { nullable: true }) language!: string | null
  @Field(() => Int, { description: 'A week.' }) minutes!: number
}

@ObjectType('PlanPractice', { simpleResolvers: true })
export class PlanPracticeType {
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => [PlanNeedType]) needs!: PlanNeedType[]
}

@ObjectType('PlanPair', { simpleResolvers: true, description: 'A person at a practice.' })
export class PlanPairType {
  @Field(() => ID) staffId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => Int, { nullable: true, description: 'A week; of a pin null where the plan finds how long.' }) minutes!: number | null
}

@ObjectType('UnknownWay', { simpleResolvers: true })
class UnknownWayType {
  @Field(() => String) from!: string
  @Field(() => String) to!: string
}

@ObjectType('StaffPlanBasis', { simpleResolvers: true, description: 'What a plan of a day would be worked out from. Minutes of a week.' })
export class PlanBasisType {
  @Field(() => [PlanPersonType]) people!: PlanPersonType[]
  @Field(() => [PlanPracticeType]) practices!: PlanPracticeType[]
  @Field(() => [PlanPairType], { description: 'Agreed today, which a plan would change.' }) current!: PlanPairType[]
  @Field(() => [PlanPairType], { description: 'Of other duties, or begun later: a plan leaves it.' }) kept!: PlanPairType[]
  @Field(() => [UnknownWayType], { description: 'Nobody recorded how long they take: counted as none.' }) unknownWays!: UnknownWayType[]
  @Field(() => [String], { description: 'Names of people whose discipline and hours are not recorded: nothing is planned with them.' })
  leftOut!: string[]
}

@ObjectType('PlanReason', { simpleResolvers: true })
class PlanReasonType {
  @Field(() => PlanReasonEnum) kind!: string
  @Field(() => Int, { nullable: true }) minutes!: number | null
  @Field(() => DutyEnum, { nullable: true }) duty!: string | null
  @Field(() => String, { nullable: true }) language!: string | null
  @Field(() => Int, { nullable: true, description: 'Percent.' }) from!: number | null
  @Field(() => Int, { nullable: true, description: 'Percent.' }) to!: number | null
}

@ObjectType('PlanHours', { simpleResolvers: true, description: "One person's time for one practice, minutes of a week." })
export class PlanHoursType {
  @Field(() => ID) staffId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => Int) minutes!: number
  @Field(() => Int) currentMinutes!: number
  @Field(() => Int) travelMinutes!: number
  @Field(() => [PlanNeedType]) byNeed!: PlanNeedType[]
  @Field(() => [PlanReasonType]) because!: PlanReasonType[]
}

@ObjectType('PlanUnserved', { simpleResolvers: true })
class PlanUnservedType {
  @Field(() => DutyEnum) duty!: string
  @Field(() => String, { nullable: true }) language!: string | null
  @Field(() => Int) minutes!: number
  @Field(() => UnservedEnum) because!: string
  @Field(() => [BarEnum]) bars!: string[]
}

@ObjectType('PlanShare', { simpleResolvers: true, description: 'What a practice would get of its need, minutes of a week.' })
export class PlanShareType {
  @Field(() => ID) practiceId!: string
  @Field(() => Int) neededMinutes!: number
  @Field(() => Int) servedMinutes!: number
  @Field(() => [PlanUnservedType]) unserved!: PlanUnservedType[]
}

@ObjectType('PlanEnding', { simpleResolvers: true, description: 'Time that is given today and not in the plan.' })
class PlanEndingType {
  @Field(() => ID) staffId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => Int) minutes!: number
  @Field(() => EndingEnum) because!: string
}

@ObjectType('PlanFigures', { simpleResolvers: true, description: 'Minutes of a week.' })
class PlanFiguresType {
  @Field(() => Int) neededMinutes!: number
  @Field(() => Int) servedMinutes!: number
  @Field(() => Float, { description: 'Of its need in percent: the practice served least.' }) leastShare!: number
  @Field(() => Float) meanShare!: number
  @Field(() => Float, { description: "Jain's index of the shares; 1: all alike." }) evenness!: number
  @Field(() => Int) currentMinutes!: number
  @Field(() => Int, { description: "Of today's, those that stay with the same person." }) keptMinutes!: number
  @Field(() => Int) travelMinutes!: number
}

@ObjectType('PlanProof', { simpleResolvers: true })
class PlanProofType {
  @Field(() => CriterionEnum) kind!: string
  @Field(() => Int, { nullable: true }) level!: number | null
  @Field(() => Int) value!: number
  @Field(() => Int, { description: 'Nothing is better than this; equal to the value where that is proven.' }) bound!: number
}

@ObjectType('PlanPrice', { simpleResolvers: true, description: 'The same without one rule.' })
class PlanPriceType {
  @Field(() => RuleEnum) rule!: string
  @Field(() => ID, { nullable: true }) staffId!: string | null
  @Field(() => ID, { nullable: true }) practiceId!: string | null
  @Field(() => Int, { description: 'Percent that every practice would reach of its need.' }) leastLevel!: number
  @Field(() => Int) servedMinutes!: number
  @Field(() => Boolean) proven!: boolean
}

@ObjectType('PartOfNeed', { simpleResolvers: true })
class PartOfNeedType implements PartOfNeed {
  @Field(() => ID) practiceId!: string
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => String, { nullable: true }) language!: string | null
  @Field(() => Int) minutes!: number
}

@ObjectType('StaffPlanWish', { simpleResolvers: true, description: 'What was asked of a plan.' })
class PlanWishType implements Omit<PlanWish, 'startsOn'> {
  @Field(() => Int) stepMinutes!: number
  @Field(() => Int) minimumBlockMinutes!: number
  @Field(() => Int, { nullable: true }) maximumPractices!: number | null
  @Field(() => Boolean) countsTravel!: boolean
  @Field(() => Boolean) matchesLanguage!: boolean
  @Field(() => [PlanPairType]) pins!: (PlanPairType & { minutes: number | null })[]
  @Field(() => [PlanPairType]) forbids!: PlanPairType[]
  @Field(() => [PartOfNeedType]) parts!: PartOfNeedType[]
}

@ObjectType('StaffPlanApplication', { simpleResolvers: true, description: 'A plan was put in force from a day on.' })
class PlanApplicationType {
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => String) appliedByName!: string
  @Field(() => DateTimeScalar) appliedAt!: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'Until then it can be taken back; null: it was.' }) undoUntil!: string | null
  @Field(() => String, { nullable: true }) undoneByName!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) undoneAt!: string | null
}

@ObjectType('StaffPlanLine', { simpleResolvers: true, description: 'A proposal of who serves which practice from a day on.' })
export class PlanLineType {
  @Field(() => ID) id!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => PlanStateEnum) state!: PlanState
  @Field(() => String) requestedByName!: string
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) finishedAt!: string | null
  @Field(() => String, { nullable: true, description: 'Why there is no plan, in words.' }) failure!: string | null
  @Field(() => String, { description: 'Two plans with the same were worked out from the same.' }) inputHash!: string
  @Field(() => PlanFiguresType, { nullable: true }) figures!: PlanFiguresType | null
  @Field(() => PlanApplicationType, { nullable: true, description: 'The last time that it was put in force.' })
  application!: PlanApplicationType | null
}

@ObjectType('StaffPlan', {
  simpleResolvers: true,
  description: 'A proposal of who serves which practice from a day on. While it is under way lists of what it gives are empty.',
})
export class PlanType extends PlanLineType {
  @Field(() => PlanWishType) wish!: PlanWishType
  @Field(() => [PlanPersonType]) people!: PlanPersonType[]
  @Field(() => [PlanPracticeType]) practices!: PlanPracticeType[]
  @Field(() => [PlanHoursType]) hours!: PlanHoursType[]
  @Field(() => [PlanShareType]) shares!: PlanShareType[]
  @Field(() => [PlanEndingType]) ending!: PlanEndingType[]
  @Field(() => [PlanProofType]) proofs!: PlanProofType[]
  @Field(() => [PlanPriceType], { description: 'Of rules that there was no time for nothing is told.' }) prices!: PlanPriceType[]
}

@InputType()
class PlanPinInput {
  @Field(() => ID) staffId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => Int, { nullable: true, description: 'A week, exactly; null: as long as the plan finds best.' }) minutes!: number | null
}

@InputType()
class PlanForbidInput {
  @Field(() => ID) staffId!: string
  @Field(() => ID) practiceId!: string
}

@InputType()
class PartOfNeedInput implements PartOfNeed {
  @Field(() => ID) practiceId!: string
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => String, { nullable: true, description: 'A code like es (BCP 47): only for those who speak it.' }) language!: string | null
  @Field(() => Int, { description: 'A week. Care management in a language is part of what risk tells; other duties come on top.' })
  minutes!: number
}

@InputType()
export class PlanWishInput {
  @Field(() => DayScalar, { description: 'The first day on which it would hold, within twelve months.' }) startsOn!: Day
  @Field(() => Int, { nullable: true, defaultValue: 60, description: '15 to 480.' }) stepMinutes!: number | null
  @Field(() => Int, { nullable: true, defaultValue: 240, description: 'Who comes at all comes for so long; 0: for any time.' })
  minimumBlockMinutes!: number | null
  @Field(() => Int, { nullable: true, description: 'Of one person; any number unless told.' }) maximumPractices!: number | null
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether ways have to fit into the time set aside for them.' })
  countsTravel!: boolean | null
  @Field(() => Boolean, { nullable: true, defaultValue: true }) matchesLanguage!: boolean | null
  @Field(() => [PlanPinInput], { nullable: true, defaultValue: [] }) pins!: PlanPinInput[] | null
  @Field(() => [PlanForbidInput], { nullable: true, defaultValue: [] }) forbids!: PlanForbidInput[] | null
  @Field(() => [PartOfNeedInput], { nullable: true, defaultValue: [] }) parts!: PartOfNeedInput[] | null
}

export const PlanResult = createUnionType({
  name: 'StaffPlanResult',
  types: () => [PlanType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'StaffPlan'),
})

export const PlanBasisResult = createUnionType({
  name: 'StaffPlanBasisResult',
  types: () => [PlanBasisType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'StaffPlanBasis'),
})
