import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DayScalar } from '#shared/scalars.graphql'
import { type Discipline, disciplines, type Duty, duties } from '../duty.ts'
import { type ExpiryState, expiryStates } from './expiry.ts'
import type { CredentialRow, StaffRow, TrainingRow } from './list-staff.ts'
import type { NewCredential, NewTraining } from './record-credential.ts'
import type { StaffFacts } from './record-staff.ts'
import type { NewScopeRule, ScopeRuleRow } from './scope-rules.ts'
import { type CredentialKind, type TrainingKind, trainingKinds } from './staff.entity.ts'

const enumOf = <Value extends string>(values: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(values.map((value) => [value.toUpperCase().replaceAll('-', '_'), value]))

export const DisciplineEnum = enumOf(disciplines)
registerEnumType(DisciplineEnum, { name: 'Discipline', description: 'What shared staff are by training.' })
export const DutyEnum = enumOf(duties)
registerEnumType(DutyEnum, { name: 'Duty', description: 'What somebody is there for.' })
const ExpiryEnum = enumOf(expiryStates)
registerEnumType(ExpiryEnum, { name: 'Expiry', description: 'Past the last day, or within so many days of it.' })
const CredentialKindEnum = enumOf<CredentialKind>(['license', 'certification'])
registerEnumType(CredentialKindEnum, { name: 'CredentialKind' })
const TrainingKindEnum = enumOf(trainingKinds)
registerEnumType(TrainingKindEnum, {
  name: 'TrainingKind',
  description: 'EDUCATION: continuing education. CASE_REVIEW: cases talked through with the supervisor; none is named.',
})

@ObjectType('StaffCredential', { simpleResolvers: true })
export class StaffCredentialType implements Omit<CredentialRow, 'membershipId' | 'state'> {
  @Field(() => ID) id!: string
  @Field(() => CredentialKindEnum) kind!: CredentialKind
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: 'Two letters; null where no State gives it.' }) state!: string | null
  @Field(() => String) number!: string
  @Field(() => DayScalar, { nullable: true, description: 'The last day on which it holds; null: it does not end.' }) expiresOn!: Day | null
  @Field(() => ExpiryEnum) expiry!: ExpiryState
}

@ObjectType('StaffTraining', { simpleResolvers: true })
export class StaffTrainingType implements Omit<TrainingRow, 'membershipId'> {
  @Field(() => ID) id!: string
  @Field(() => TrainingKindEnum) kind!: TrainingKind
  @Field(() => String) title!: string
  @Field(() => DayScalar, { description: 'When it was; of what is to be done, by when.' }) day!: Day
  @Field(() => Boolean) done!: boolean
  @Field(() => Int) minutes!: number
}

@ObjectType('SharedStaff', {
  simpleResolvers: true,
  description: 'A person of the coordinating body who can work for practices. What was not recorded yet is null.',
})
export class SharedStaffType implements StaffRow {
  @Field(() => ID, { description: 'Of the membership.' }) id!: string
  @Field(() => String) name!: string
  @Field(() => String) role!: StaffRow['role']
  @Field(() => DisciplineEnum, { nullable: true }) discipline!: Discipline | null
  @Field(() => String, { nullable: true }) employer!: string | null
  @Field(() => Int, { nullable: true, description: 'Percent of full time.' }) ftePercent!: number | null
  @Field(() => Int, { nullable: true, description: 'Paid, in an ordinary week.' }) weeklyMinutes!: number | null
  @Field(() => String, { nullable: true, description: 'The town from which travel counts.' }) homeBase!: string | null
  @Field(() => [String], { description: 'BCP 47.' }) languages!: string[]
  @Field(() => ID, { nullable: true }) supervisorId!: string | null
  @Field(() => Int, { description: '0: nothing was recorded yet.' }) version!: number
}

export const SharedStaffConnectionType = connectionOf('SharedStaff', SharedStaffType)

@ObjectType('ScopeRule', {
  simpleResolvers: true,
  description: 'Whether a discipline may do something. What no rule permits is not permitted.',
})
export class ScopeRuleType implements ScopeRuleRow {
  @Field(() => ID) id!: string
  @Field(() => DisciplineEnum) discipline!: Discipline
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => Boolean) permitted!: boolean
  @Field(() => Boolean, { description: 'Only while a license holds.' }) needsLicense!: boolean
  @Field(() => DayScalar) since!: Day
  @Field(() => String) source!: string
}

@InputType()
export class RecordStaffInput implements StaffFacts {
  @Field(() => ID, { description: 'Of the membership.' }) id!: string
  @Field(() => DisciplineEnum) discipline!: Discipline
  @Field(() => String) employer!: string
  @Field(() => Int, { description: '1 to 100.' }) ftePercent!: number
  @Field(() => Int, { description: '0 to 3600.' }) weeklyMinutes!: number
  @Field(() => String) homeBase!: string
  @Field(() => [String], { description: 'Codes like en, es (BCP 47).' }) languages!: string[]
  @Field(() => ID, { nullable: true }) supervisorId!: string | null
  @Field(() => Int, { description: 'The version seen; 0 when nothing was recorded.' }) version!: number
}

@InputType()
export class RecordCredentialInput implements NewCredential {
  @Field(() => ID, { description: 'Whose; of the membership.' }) staffId!: string
  @Field(() => CredentialKindEnum) kind!: CredentialKind
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: 'Two letters. A license needs one.' }) state!: string | null
  @Field(() => String) number!: string
  @Field(() => DayScalar, { nullable: true, description: 'The last day on which it holds.' }) expiresOn!: Day | null
}

@InputType()
export class RecordTrainingInput implements NewTraining {
  @Field(() => ID, { description: 'Whose; of the membership.' }) staffId!: string
  @Field(() => TrainingKindEnum) kind!: TrainingKind
  @Field(() => String) title!: string
  @Field(() => DayScalar) day!: Day
  @Field(() => Boolean) done!: boolean
  @Field(() => Int) minutes!: number
}

@InputType()
export class RecordScopeRuleInput implements NewScopeRule {
  @Field(() => DisciplineEnum) discipline!: Discipline
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => Boolean) permitted!: boolean
  @Field(() => Boolean) needsLicense!: boolean
  @Field(() => DayScalar, { description: 'The day from which it holds.' }) since!: Day
  @Field(() => String, { description: 'What it rests on: the law or rule.' }) source!: string
}

export const SharedStaffResult = createUnionType({
  name: 'SharedStaffResult',
  types: () => [SharedStaffType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'SharedStaff'),
})

export const ScopeRuleResult = createUnionType({
  name: 'ScopeRuleResult',
  types: () => [ScopeRuleType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'ScopeRule'),
})
