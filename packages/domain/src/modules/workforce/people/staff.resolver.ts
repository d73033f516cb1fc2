import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { type Assignment, assignmentsOfMemberships } from '../assignments.ts'
import { CareAssignmentType } from '../workforce.graphql.ts'
import { educationSince, expiryOf } from './expiry.ts'
import { credentialsOf, listSharedStaff, openStaff, staffNameOf, type StaffRow, trainingOf } from './list-staff.ts'
import { mustMove } from './must-move.ts'
import { endCredential, recordCredential, recordTraining } from './record-credential.ts'
import { recordStaff } from './record-staff.ts'
import { recordScopeRule, scopeOn, type ScopeRuleRow } from './scope-rules.ts'
import {
  RecordCredentialInput,
  RecordScopeRuleInput,
  RecordStaffInput,
  RecordTrainingInput,
  ScopeRuleResult,
  ScopeRuleType,
  SharedStaffConnectionType,
  SharedStaffResult,
  SharedStaffType,
  StaffCredentialType,
  StaffTrainingType,
} from './staff.graphql.ts'

@Resolver(() => SharedStaffType)
export class StaffResolver {
  @Door('read', 'Staff')
  @Query(() => SharedStaffConnectionType, { description: 'Shared staff by name: of the region all, of a care manager herself.' })
  sharedStaff(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name.' }) search: string | null,
    @Arg('ending', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Only people with a credential that is past its end or within 90 days of it.',
    })
    ending: boolean | null,
  ): Promise<Connection<StaffRow>> {
    return listSharedStaff(ctx, { search: search ?? null, ending: ending ?? false }, { first, after })
  }

  @Door('read', 'Staff')
  @Query(() => SharedStaffType, { nullable: true })
  sharedStaffMember(
    @FromContext('ctx') ctx: Ctx,
    @Arg('id', () => ID, { description: 'Of the membership.' }) id: string,
  ): Promise<StaffRow | null> {
    return openStaff(ctx, id)
  }

  @FieldResolver(() => String, { nullable: true })
  async supervisor(@FromContext('ctx') ctx: Ctx, @Root() { supervisorId }: StaffRow): Promise<string | null> {
    return supervisorId === null ? null : ((await staffNameOf(ctx, supervisorId)) ?? null)
  }

  @FieldResolver(() => [StaffCredentialType], { description: 'Those that end first in front.' })
  async credentials(@FromContext('ctx') ctx: Ctx, @Root() { id }: StaffRow): Promise<StaffCredentialType[]> {
    const today = ctx.clock.today(ctx.region.timeZone)
    return ((await credentialsOf(ctx, id)) ?? []).map((one) => ({
      ...one,
      state: one.state || null,
      expiry: expiryOf(one.expiresOn, today),
    }))
  }

  @FieldResolver(() => [StaffTrainingType], { description: 'What is still to do in front, then the newest.' })
  async training(@FromContext('ctx') ctx: Ctx, @Root() { id }: StaffRow): Promise<StaffTrainingType[]> {
    return (await trainingOf(ctx, id)) ?? []
  }

  @FieldResolver(() => Int, { description: 'Continuing education of the last two years.' })
  async educationMinutes(@FromContext('ctx') ctx: Ctx, @Root() { id }: StaffRow): Promise<number> {
    const since = educationSince(ctx.clock.today(ctx.region.timeZone))
    const counted = ((await trainingOf(ctx, id)) ?? []).filter(({ kind, done, day }) => kind === 'education' && done && day >= since)
    return counted.reduce((sum, { minutes }) => sum + minutes, 0)
  }

  @FieldResolver(() => [CareAssignmentType], { description: 'Current and planned.' })
  async assignments(@FromContext('ctx') ctx: Ctx, @Root() { id }: StaffRow): Promise<Assignment[]> {
    return (await assignmentsOfMemberships(ctx, id)) ?? []
  }

  @FieldResolver(() => [CareAssignmentType], {
    description:
      'Of these, what has to move to somebody else: the license behind it has expired, or the discipline may not do it any more.',
  })
  mustMove(@FromContext('ctx') ctx: Ctx, @Root() person: StaffRow): Promise<Assignment[]> {
    return mustMove(ctx, person)
  }

  @Door('read', 'Staff')
  @Query(() => [ScopeRuleType], { description: 'Which discipline may do what, as of today.' })
  async scopeOfPractice(@FromContext('ctx') ctx: Ctx): Promise<ScopeRuleRow[]> {
    return scopeOn(await ctx.tx(), ctx.clock.today(ctx.region.timeZone))
  }

  @Door('update', 'Staff')
  @Mutation(() => SharedStaffResult, { description: 'Who somebody of the shared staff is at work.' })
  recordStaff(@FromContext('ctx') ctx: Ctx, @Arg('input', () => RecordStaffInput) input: RecordStaffInput): Promise<StaffRow | Refusal> {
    return recordStaff(ctx, { ...input, supervisorId: input.supervisorId ?? null })
  }

  @Door('update', 'Staff')
  @Mutation(() => SharedStaffResult, { description: 'A license or certification, or a renewed one in place of the one before.' })
  recordCredential(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordCredentialInput) input: RecordCredentialInput,
  ): Promise<StaffRow | Refusal> {
    return recordCredential(ctx, { ...input, state: input.state ?? null, expiresOn: input.expiresOn ?? null })
  }

  @Door('update', 'Staff')
  @Mutation(() => SharedStaffResult, { description: 'Takes a credential off the record.' })
  endCredential(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<StaffRow | Refusal> {
    return endCredential(ctx, id)
  }

  @Door('update', 'Staff')
  @Mutation(() => SharedStaffResult, { description: 'The same title of the same day is the same training.' })
  recordTraining(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordTrainingInput) input: RecordTrainingInput,
  ): Promise<StaffRow | Refusal> {
    return recordTraining(ctx, input)
  }

  @Door('update', 'Staff')
  @Mutation(() => ScopeRuleResult, { description: 'From a day on; what held before stays on record.' })
  recordScopeRule(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordScopeRuleInput) input: RecordScopeRuleInput,
  ): Promise<ScopeRuleRow | Refusal> {
    return recordScopeRule(ctx, input)
  }
}
