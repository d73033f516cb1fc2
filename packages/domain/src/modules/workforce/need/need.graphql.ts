import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { RefusedType } from '#shared/refused.graphql'
import { DayScalar } from '#shared/scalars.graphql'
import type { AgainstAlone, SplitStep } from '#modules/economics'
import { DisciplineEnum } from '../people/staff.graphql.ts'
import type { Discipline } from '../duty.ts'
import { type FigureName, figureNames } from './figures.ts'
import type { FigureRow, NewFigure } from './read-figures.ts'
import type { Need, NeedCost, PracticeNeed } from './read-need.ts'
import { type CostLine, type CostRuleName, costRules, type SmallestPost } from './work-out-cost.ts'
import type { CapacityMonth, PracticeMonth, TierNeed, WhatIf } from './work-out-need.ts'

const FigureEnum = Object.fromEntries(figureNames.map((name) => [name.toUpperCase().replaceAll('-', '_'), name]))
registerEnumType(FigureEnum, {
  name: 'PlanningFigureName',
  description: 'Minutes of a tier are of an enrolled person and month; of meetings, training and supervision of a person and week.',
})

@ObjectType('CapacityMonth', { simpleResolvers: true, description: 'Minutes of a month.' })
class CapacityMonthType implements CapacityMonth {
  @Field(() => DayScalar, { description: 'Its first day.' }) month!: Day
  @Field(() => Int) paid!: number
  @Field(() => Int, { description: 'Known so far.' }) leave!: number
  @Field(() => Int) travel!: number
  @Field(() => Int) meetings!: number
  @Field(() => Int) training!: number
  @Field(() => Int) supervision!: number
  @Field(() => Int, { description: 'What is left of the paid time for patients.' }) capacity!: number
  @Field(() => Int) demand!: number
  @Field(() => Int, { description: 'Hours agreed on at practices, less leave that nobody covers.' }) scheduled!: number
}

@ObjectType('PracticeMonth', { simpleResolvers: true, description: 'Minutes of a month.' })
class PracticeMonthType implements PracticeMonth {
  @Field(() => DayScalar, { description: 'Its first day.' }) month!: Day
  @Field(() => Int) demand!: number
  @Field(() => Int, { description: "Of the region's capacity, by the practice's part of all demand." }) share!: number
  @Field(() => Int) scheduled!: number
  @Field(() => Int, { description: 'By people, however ill they are.' }) entitlement!: number
}

@ObjectType('TierNeed', { simpleResolvers: true })
class TierNeedType implements TierNeed {
  @Field(() => Int, { description: '0 to 4.' }) tier!: number
  @Field(() => Int) people!: number
  @Field(() => Boolean, { description: 'False: 1 to 10 people, or a number beside such; what stands here is a guess.' }) told!: boolean
  @Field(() => Int, { description: 'Of this month.' }) minutes!: number
}

@ObjectType('PracticeNeed', {
  simpleResolvers: true,
  description: 'What a practice needs of the shared staff. It does not depend on payers.',
})
class PracticeNeedType implements PracticeNeed {
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => Int) people!: number
  @Field(() => Boolean, { description: 'False: numbers of some tiers are guessed.' }) told!: boolean
  @Field(() => [TierNeedType]) tiers!: TierNeedType[]
  @Field(() => Int, { description: 'Discharges from hospital in the last twelve months, of people of tier 2 and up.' }) transitions!: number
  @Field(() => Boolean, { description: 'False: of 1 to 10 people, and guessed.' }) transitionsTold!: boolean
  @Field(() => Int, { description: 'Of this month.' }) transitionMinutes!: number
  @Field(() => [PracticeMonthType]) months!: PracticeMonthType[]
}

@ObjectType('PlanningFigure', { simpleResolvers: true })
export class PlanningFigureType implements FigureRow {
  @Field(() => ID) id!: string
  @Field(() => FigureEnum) figure!: FigureName
  @Field(() => Int) value!: number
  @Field(() => DayScalar, { description: 'The day from which it holds.' }) since!: Day
  @Field(() => String) source!: string
}

@ObjectType('CostLine', { simpleResolvers: true })
class CostLineType implements CostLine {
  @Field(() => DisciplineEnum) discipline!: Discipline
  @Field(() => Int, { description: 'Paid, leave included.' }) minutes!: number
  @Field(() => Int) hourlyCents!: number
  @Field(() => Int) cents!: number
}

const CostRuleEnum = Object.fromEntries(costRules.map((rule) => [rule.toUpperCase(), rule]))
registerEnumType(CostRuleEnum, {
  name: 'CostRule',
  description:
    'By what a cost is split. MEMBERS: people. MINUTES: hours agreed on. POINTS: minutes needed. HYBRID: a part by people, the rest by need.',
})
const SplitByEnum = Object.fromEntries(
  (['practice', 'payer', 'percent', 'members', 'minutes', 'points'] as const).map((by) => [by.toUpperCase(), by]),
)
registerEnumType(SplitByEnum, { name: 'SplitBy' })

@ObjectType('SplitStep', { simpleResolvers: true, description: 'One division on the way to a figure.' })
class SplitStepType implements SplitStep {
  @Field(() => SplitByEnum) by!: SplitStep['by']
  @Field(() => Int, { description: 'Cents that were split.' }) from!: number
  @Field(() => Int) weight!: number
  @Field(() => Int, { description: 'All weights together.' }) of!: number
  @Field(() => Int) cents!: number
  @Field(() => Boolean, { description: 'Whether it carries one of the cents that were left over: these go to the largest remainders.' })
  carries!: boolean
}

@ObjectType('AgainstAlone', {
  simpleResolvers: true,
  description: 'A share beside what the practice would pay alone, in cents of this month.',
})
class AgainstAloneType implements AgainstAlone {
  @Field(() => Int, { description: 'Smallest posts that its need takes, at least one.' }) posts!: number
  @Field(() => Int) aloneCents!: number
  @Field(() => Int, { description: 'A person, rounded up.' }) sharedUnitCents!: number
  @Field(() => Int, { description: 'A person, rounded up.' }) aloneUnitCents!: number
  @Field(() => Int, { nullable: true, description: 'So many people with this need fill the smallest post; null: they need nothing.' })
  smallestPanel!: number | null
}

@ObjectType('PracticeCost', { simpleResolvers: true })
class PracticeCostType {
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => Int) cents!: number
  @Field(() => [[SplitStepType]], {
    description: "Every division on the way, each way of a hybrid's by itself: the last ones sum to the cents.",
  })
  ways!: SplitStepType[][]
  @Field(() => AgainstAloneType, {
    nullable: true,
    description: 'Null: nobody is there, or the smallest post leaves no time for patients.',
  })
  alone!: AgainstAloneType | null
}

@ObjectType('CostByRule', { simpleResolvers: true })
class CostByRuleType {
  @Field(() => CostRuleEnum) rule!: CostRuleName
  @Field(() => String, { nullable: true, description: 'Why it cannot be split so.' }) fault!: string | null
  @Field(() => [PracticeCostType], { description: 'They sum to the cost.' }) shares!: PracticeCostType[]
}

@ObjectType('SmallestPost', { simpleResolvers: true, description: 'Of a nurse, in a month: with less nobody goes alone.' })
class SmallestPostType implements SmallestPost {
  @Field(() => Int) cents!: number
  @Field(() => Int) paidMinutes!: number
  @Field(() => Int, { description: 'For patients.' }) minutes!: number
}

@ObjectType('StaffCost', { simpleResolvers: true, description: 'What the shared staff cost this month, and whose it is by several rules.' })
class StaffCostType implements NeedCost {
  @Field(() => Int) cents!: number
  @Field(() => [CostLineType]) lines!: CostLineType[]
  @Field(() => SmallestPostType) smallestPost!: SmallestPostType
  @Field(() => [CostByRuleType]) rules!: CostByRuleType[]
}

@ObjectType('StaffNeed', { simpleResolvers: true, description: 'Need and capacity of shared staff in this month and the eleven to come.' })
export class StaffNeedType implements Need {
  @Field(() => [CapacityMonthType], { description: 'Of the region.' }) months!: CapacityMonthType[]
  @Field(() => [PracticeNeedType]) practices!: PracticeNeedType[]
  @Field(() => [PlanningFigureType], { description: 'By what it is worked out: what holds today, and what begins later.' })
  figures!: PlanningFigureType[]
  @Field(() => StaffCostType, { nullable: true, description: 'Of the region; null for a practice.' }) cost!: StaffCostType | null
}

@InputType()
class SupposedFigureInput {
  @Field(() => FigureEnum) figure!: FigureName
  @Field(() => Int) value!: number
}

@InputType()
export class WhatIfInput implements WhatIf {
  @Field(() => [SupposedFigureInput], { nullable: true, defaultValue: [] }) figures!: SupposedFigureInput[]
  @Field(() => Int, { nullable: true, defaultValue: 0, description: 'People of full time more, or fewer.' }) addedStaff!: number
  @Field(() => Int, { nullable: true, defaultValue: 0, description: 'Patients more, or fewer, in percent.' }) peoplePercent!: number
}

@InputType()
export class RecordPlanningFigureInput implements NewFigure {
  @Field(() => FigureEnum) figure!: FigureName
  @Field(() => Int) value!: number
  @Field(() => DayScalar, { description: 'The day from which it holds.' }) since!: Day
  @Field(() => String, { description: 'What it rests on.' }) source!: string
}

export const PlanningFigureResult = createUnionType({
  name: 'PlanningFigureResult',
  types: () => [PlanningFigureType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'PlanningFigure'),
})
