import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { OverrideTier } from './tier-overrides.ts'

@ObjectType('TierOverride', { simpleResolvers: true, description: 'A clinician’s own word on a tier of risk, beside what was worked out.' })
export class TierOverrideType {
  @Field(() => ID) id!: string
  @Field(() => Int, { description: 'As it was worked out when the clinician judged.' }) tierBefore!: number
  @Field(() => Int, { description: '0 to 4.' }) tier!: number
  @Field(() => String) tierTitle!: string
  @Field(() => String) words!: string
  @Field(() => DayScalar, { description: 'The last day on which it holds.' }) expiresOn!: Day
  @Field(() => String) recordedBy!: string
  @Field(() => DateTimeScalar) recordedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
  @Field(() => String, { nullable: true }) endedBy!: string | null
  @Field(() => Boolean) live!: boolean
}

@InputType()
export class OverrideTierInput implements OverrideTier {
  @Field(() => ID) patientId!: string
  @Field(() => Int, { description: '0 to 4.' }) tier!: number
  @Field(() => String, { description: 'Why. Whoever sees the tier reads it: nothing of records under special protection.' }) words!: string
  @Field(() => DayScalar, { description: 'The last day on which it holds.' }) expiresOn!: Day
  @Field(() => ID, { nullable: true, description: 'The override that stands now, as the clinician saw it.' }) replaces?: string | null
  @Field(() => String, { description: '8 to 200 printable characters.' }) idempotencyKey!: string
}

export const TierOverrideResult = createUnionType({
  name: 'TierOverrideResult',
  types: () => [TierOverrideType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'TierOverride'),
})

@ObjectType('TierOverrideCounts', {
  simpleResolvers: true,
  description: 'How often clinicians moved a tier: where it is often, the rules deserve a look.',
})
export class TierOverrideCountsType {
  @Field(() => Int, { description: 'That hold today.' }) live!: number
  @Field(() => Int) raised!: number
  @Field(() => Int) lowered!: number
  @Field(() => Int, { description: 'The tier as it was worked out.' }) confirmed!: number
}
