import type { Day } from '@carecommons/kernel'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ReasonFactType, Sensitivity } from '#graphql/patient'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import { upTo } from '#shared/up-to'
import type { EnteredBy, LeftBy } from './registries.entity.ts'

const RegistryEnteredByEnum = { FIRST_COUNT: 'first-count', DEFINITION: 'definition', RECORDS: 'records' } as const satisfies Record<
  string,
  EnteredBy
>
registerEnumType(RegistryEnteredByEnum, {
  name: 'RegistryEnteredBy',
  description:
    'FIRST_COUNT: was there when counting began. DEFINITION: came with another version. RECORDS: with a record, or as a day came.',
})

const RegistryLeftByEnum = { EXIT: 'exit', ENDED: 'ended', DEFINITION: 'definition', RETIRED: 'retired' } as const satisfies Record<
  string,
  LeftBy
>
registerEnumType(RegistryLeftByEnum, {
  name: 'RegistryLeftBy',
  description:
    'EXIT: a clause of the definition took the person out. ENDED: what kept them in is over. DEFINITION: another version came. RETIRED: the registry is no longer counted.',
})

@ObjectType('RegistryFlow', {
  simpleResolvers: true,
  description: 'Who came and went through records. Whoever did both on one day did neither.',
})
export class RegistryFlowType {
  @Field(() => Int, { description: 'In so many days up to today.' }) days!: number
  @Field(() => Int) entered!: number
  @Field(() => Int) left!: number
}

@ObjectType('RegistryMonth', { simpleResolvers: true, description: 'Who came and went through records in a calendar month.' })
export class RegistryMonthType {
  @Field(() => DayScalar, { description: 'Its first day.' }) startsOn!: Day
  @Field(() => Int) entered!: number
  @Field(() => Int) left!: number
  @Field(() => Int, { description: 'How many there were at its end, or today; those who came when counting began among them.' })
  size!: number
}

@ObjectType('RegistrySize', { simpleResolvers: true })
export class RegistrySizeType {
  @Field(() => DayScalar) on!: Day
  @Field(() => Int) size!: number
}

@ObjectType('Registry', {
  simpleResolvers: true,
  description: 'People with a condition, by a definition that is the same for all practices.',
})
export class RegistryType {
  @Field(() => ID) id!: string
  @Field(() => String) title!: string
  @Field(() => String) description!: string
  @Field(() => String) version!: string
  @Field(() => String, { description: 'sha256 of the definition: Measure, Library and ValueSets.' }) packageHash!: string
  @Field(() => [String], { description: 'What the definition rests on, as it cites it.' }) sources!: string[]
  @Field(() => String, { description: 'The definition in Clinical Quality Language.' }) cql!: string
  @Field(() => DateTimeScalar, { description: 'Since when it is in force.' }) agreedAt!: string
  @Field(() => DayScalar, { nullable: true, description: 'Since when the charts in reach are counted by this version.' })
  countedSince!: Day | null
  @Field(() => Int, {
    nullable: true,
    description: 'Living people in reach. For the region each person once, to the nearest ten; null: 10 or fewer, or not counted yet.',
  })
  size!: number | null
  @Field(() => [RegistryFlowType], { description: 'Of 30 and of 90 days; none for the region.', complexity: upTo(2) })
  flows!: RegistryFlowType[]
  @Field(() => [RegistryMonthType], {
    description: 'Up to twelve, the oldest first, this one up to today; none from before counting began, and none for the region.',
    complexity: () => 1,
  })
  months!: RegistryMonthType[]
  @Field(() => [RegistrySizeType], { description: 'Week by week, up to half a year; none for the region.', complexity: () => 1 })
  sizes!: RegistrySizeType[]
}

@ObjectType('RegistryReason', { simpleResolvers: true })
export class RegistryReasonType {
  @Field(() => String, { description: "The definition's own words." }) clause!: string
  @Field(() => [ReasonFactType], {
    description: 'What it found, as it stood then; what is closed to the viewer is left out.',
    complexity: upTo(3),
  })
  facts!: ReasonFactType[]
}

@ObjectType('RegistryStay', { simpleResolvers: true, description: 'From when to when, and why, a person is in a registry.' })
export class RegistryStayType {
  @Field(() => ID) id!: string
  @Field(() => ID, { description: 'Id of the registry.' }) registry!: string
  @Field(() => String) title!: string
  @Field(() => String, { description: 'Of the definition by which the person came in.' }) version!: string
  @Field(() => DayScalar) enteredOn!: Day
  @Field(() => RegistryEnteredByEnum) enteredBy!: EnteredBy
  @Field(() => [RegistryReasonType], { complexity: upTo(2) }) enteredReasons!: RegistryReasonType[]
  @Field(() => DayScalar, { nullable: true }) leftOn!: Day | null
  @Field(() => RegistryLeftByEnum, { nullable: true }) leftBy!: LeftBy | null
  @Field(() => [String], { description: 'Clauses that took the person out.' }) leftClauses!: string[]
  @Field(() => Sensitivity, { nullable: true, description: 'The person would not be in it but for such records.' })
  sensitivity!: 'part2' | 'behavioral' | null
}
