import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '#shared/connection.graphql'
import { Needs } from '#shared/door'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { AddToHuddle, HuddleAdded } from './add-to-huddle.ts'
import type { HuddleEnd, HuddleReason } from './huddle.entity.ts'
import type { HuddleChange, HuddleRow } from './read-huddle.ts'

const HuddleReasonEnum = { OVERDUE: 'overdue', WORSE: 'worse', CAME_HOME: 'came-home', NOBODY: 'nobody', OTHER: 'other' } as const
registerEnumType(HuddleReasonEnum, {
  name: 'HuddleReason',
  description: 'NOBODY: has nobody who looks after them. OTHER: in own words, which it then needs.',
})
const HuddleEndEnum = { DONE: 'done', REMOVED: 'removed', CARRIED: 'carried' } as const
registerEnumType(HuddleEndEnum, { name: 'HuddleEnd', description: 'CARRIED: over to the list of a later day.' })
export const HuddleEndingEnum = { DONE: 'done', REMOVED: 'removed' } as const
registerEnumType(HuddleEndingEnum, { name: 'HuddleEnding' })

@ObjectType('HuddleEntry', { description: "A person on a practice's list for the huddle of a day." })
export class HuddleEntryType implements HuddleRow {
  @Field(() => ID) id!: string
  patientId!: string
  @Field(() => String) practiceName!: string
  @Field(() => DayScalar) day!: Day
  @Needs('read', 'ClinicalRecord')
  @Field(() => HuddleReasonEnum)
  reason!: HuddleReason
  @Needs('read', 'ClinicalRecord')
  @Field(() => String, { description: 'Own words; may be empty.' })
  words!: string
  @Field(() => DayScalar, { nullable: true, description: 'The day from whose list it came.' }) carriedFrom!: Day | null
  @Field(() => String) addedBy!: string
  @Field(() => DateTimeScalar) addedAt!: string
  @Field(() => HuddleEndEnum, { nullable: true }) endedAs!: HuddleEnd | null
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
  @Field(() => String, { nullable: true }) endedBy!: string | null
}

export const HuddleEntryConnectionType = connectionOf('HuddleEntry', HuddleEntryType)

@InputType()
export class AddToHuddleInput implements AddToHuddle {
  @Field(() => [ID], { description: '1 to 200.' }) patientIds!: string[]
  @Field(() => HuddleReasonEnum) reason!: HuddleReason
  @Field(() => String, { description: 'Own words, up to 500 characters.' }) words!: string
  @Field(() => DayScalar, { nullable: true, description: 'Today unless told; up to 14 days ahead.' }) day!: Day | null
}

@ObjectType('HuddleAdded', { simpleResolvers: true })
class HuddleAddedType implements HuddleAdded {
  @Field(() => DayScalar) day!: Day
  @Field(() => Int) added!: number
  @Field(() => Int, { description: 'Who was on the list, and not done, already.' }) already!: number
}

export const HuddleAddedResult = createUnionType({
  name: 'HuddleAddedResult',
  types: () => [HuddleAddedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'HuddleAdded'),
})

@ObjectType('HuddleEntryChanged', {
  simpleResolvers: true,
  description: 'The entry as it is now; one carried over, as it is on the later list.',
})
class HuddleEntryChangedType implements HuddleChange {
  @Field(() => ID) id!: string
  @Field(() => DayScalar) day!: Day
  @Field(() => DayScalar, { nullable: true }) carriedFrom!: Day | null
  @Field(() => HuddleEndEnum, { nullable: true }) endedAs!: HuddleEnd | null
}

export const HuddleEntryResult = createUnionType({
  name: 'HuddleEntryResult',
  types: () => [HuddleEntryChangedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'HuddleEntryChanged'),
})
