import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { Duty } from '../duty.ts'
import { DutyEnum } from '../people/staff.graphql.ts'
import type { CoverRow, NewCover } from './covers.ts'
import type { HandoffRow, HandoffText } from './handoffs.ts'
import { type CoverState, type LeaveKind, leaveKinds } from './leave.entity.ts'
import type { LeaveRow, NewLeave } from './leaves.ts'

const LeaveKindEnum = Object.fromEntries(leaveKinds.map((kind) => [kind.toUpperCase(), kind])) as Record<string, LeaveKind>
registerEnumType(LeaveKindEnum, { name: 'LeaveKind' })
const CoverStateEnum = { PROPOSED: 'proposed', ACCEPTED: 'accepted', DECLINED: 'declined', WITHDRAWN: 'withdrawn' } as const
registerEnumType(CoverStateEnum, { name: 'CoverState' })

@ObjectType('StaffLeave', { simpleResolvers: true, description: 'Somebody of the shared staff is away.' })
class StaffLeaveType implements LeaveRow {
  @Field(() => ID) id!: string
  @Field(() => ID) membershipId!: string
  @Field(() => String) name!: string
  @Field(() => LeaveKindEnum) kind!: LeaveKind
  @Field(() => DateTimeScalar) from!: string
  @Field(() => DateTimeScalar, { description: 'The first moment back.' }) until!: string
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
  @Field(() => [OrganizationType], { description: 'Practices that the person works for in this time and nobody was asked to cover.' })
  uncovered!: OrganizationType[]
}
export const StaffLeaveConnectionType = connectionOf('StaffLeave', StaffLeaveType)

@ObjectType('Handoff', { simpleResolvers: true, description: 'What is handed over for a practice.' })
export class HandoffType implements Omit<HandoffRow, 'coverId' | 'practiceId'> {
  @Field(() => ID) id!: string
  @Field(() => String) situation!: string
  @Field(() => String) background!: string
  @Field(() => String) openItems!: string
  @Field(() => String) risks!: string
  @Field(() => Int) version!: number
  @Field(() => DateTimeScalar) writtenAt!: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'When whoever covers acknowledged this version.' })
  acknowledgedAt!: string | null
}

@ObjectType('LeaveCover', { simpleResolvers: true, description: 'Who works for somebody who is away, and where.' })
export class LeaveCoverType implements CoverRow {
  @Field(() => ID) id!: string
  @Field(() => ID) leaveId!: string
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => DutyEnum) duty!: Duty
  @Field(() => ID) leaverId!: string
  @Field(() => String) leaver!: string
  @Field(() => ID, { description: 'Who is asked.' }) membershipId!: string
  @Field(() => String) cover!: string
  @Field(() => DateTimeScalar) from!: string
  @Field(() => DateTimeScalar, { description: 'The first moment after it.' }) until!: string
  @Field(() => CoverStateEnum) state!: CoverState
}
export const LeaveCoverConnectionType = connectionOf('LeaveCover', LeaveCoverType)

const TIME = "HH:MM on the region's clocks; whole days unless told."

@InputType()
export class RequestLeaveInput implements NewLeave {
  @Field(() => ID, { nullable: true, description: 'Whose, of the membership; the own unless told.' }) staffId!: string | null
  @Field(() => LeaveKindEnum) kind!: LeaveKind
  @Field(() => DayScalar) fromDay!: Day
  @Field(() => String, { nullable: true, description: TIME }) fromTime!: string | null
  @Field(() => DayScalar, { description: 'The last day.' }) untilDay!: Day
  @Field(() => String, { nullable: true, description: TIME }) untilTime!: string | null
}

@InputType()
export class ProposeCoverInput implements NewCover {
  @Field(() => ID) leaveId!: string
  @Field(() => ID) practiceId!: string
  @Field(() => ID, { description: 'Who is asked; of the membership.' }) staffId!: string
}

@InputType()
export class WriteHandoffInput implements HandoffText {
  @Field(() => ID) coverId!: string
  @Field(() => String) situation!: string
  @Field(() => String) background!: string
  @Field(() => String) openItems!: string
  @Field(() => String) risks!: string
  @Field(() => Int, { description: 'The version seen; 0 for the first.' }) version!: number
}

export const StaffLeaveResult = createUnionType({
  name: 'StaffLeaveResult',
  types: () => [StaffLeaveType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'StaffLeave'),
})
export const LeaveCoverResult = createUnionType({
  name: 'LeaveCoverResult',
  types: () => [LeaveCoverType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'LeaveCover'),
})
export const HandoffResult = createUnionType({
  name: 'HandoffResult',
  types: () => [HandoffType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'Handoff'),
})
