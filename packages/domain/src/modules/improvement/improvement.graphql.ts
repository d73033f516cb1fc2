import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql'
import { IntervalType, MeasureType } from '#graphql/quality'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { SaveCycle } from './save-cycle.ts'

@ObjectType('CycleResult', {
  simpleResolvers: true,
  description:
    'The twelve months that ended before a cycle began, against the twelve months from its beginning or, until these are over, the newest that are known.',
})
export class CycleResultType {
  @Field(() => DayScalar, { description: 'Last day of the twelve months before.' }) beforeUntil!: Day
  @Field(() => Int, { description: 'What the rate divides by; of other practices to the nearest ten.' }) beforePeople!: number
  @Field(() => Float, { description: 'Of other practices in whole percent.' }) before!: number
  @Field(() => DayScalar) afterUntil!: Day
  @Field(() => Int) afterPeople!: number
  @Field(() => Float) after!: number
  @Field(() => Int, { description: 'Months that both hold: the fewer, the more of it is since the beginning.' }) monthsShared!: number
  @Field(() => IntervalType, { description: '95 % interval of the difference (Newcombe).' }) difference!: IntervalType
}

@ObjectType('ImprovementCycle', { simpleResolvers: true, description: 'What a practice tries in order to get better in a measure.' })
export class ImprovementCycleType {
  @Field(() => ID) id!: string
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => String) aim!: string
  @Field(() => String, { description: 'What is done otherwise than before.' }) changeTried!: string
  @Field(() => String, { description: 'What came of it, in own words; may be empty.' }) learned!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'Null: it goes on.' }) endsOn!: Day | null
  @Field(() => Boolean, { description: 'Whether the other practices and the region read it as a playbook.' }) shared!: boolean
  @Field(() => Int) version!: number
  @Field(() => String) createdBy!: string
  @Field(() => String) updatedBy!: string
  @Field(() => DateTimeScalar) updatedAt!: string
  @Field(() => CycleResultType, { nullable: true, description: 'Null until there are months before and since.' })
  result!: CycleResultType | null
}

@ObjectType('Playbook', { simpleResolvers: true, description: 'A cycle that a practice shares with the others: no patient, no clinician.' })
export class PlaybookType {
  @Field(() => ID) id!: string
  @Field(() => ID) practiceId!: string
  @Field(() => String) practiceName!: string
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => String) aim!: string
  @Field(() => String) changeTried!: string
  @Field(() => String) learned!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true }) endsOn!: Day | null
  @Field(() => CycleResultType, { nullable: true, description: 'Null too where either year counts ten people or fewer.' })
  result!: CycleResultType | null
}

@InputType()
export class SaveImprovementCycleInput implements SaveCycle {
  @Field(() => ID, { nullable: true, description: 'Absent: a new one.' }) id?: string | null
  @Field(() => Int, { nullable: true, description: 'The version that was changed.' }) version?: number | null
  @Field(() => String, { description: 'Id of a measure in force. That of a cycle does not change.' }) measure!: string
  @Field(() => String, { description: 'One line, 1 to 120 characters.' }) aim!: string
  @Field(() => String, { description: '1 to 2,000 characters.' }) changeTried!: string
  @Field(() => String, { nullable: true, description: 'Up to 2,000 characters.' }) learned?: string | null
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true }) endsOn?: Day | null
  @Field(() => Boolean, { description: 'Name no patient in what others read.' }) shared!: boolean
  @Field(() => String) idempotencyKey!: string
}

export const ImprovementCycleResult = createUnionType({
  name: 'ImprovementCycleResult',
  types: () => [ImprovementCycleType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'ImprovementCycle'),
})
