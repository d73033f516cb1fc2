import type { Day, Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { MemberOrganizationType, OrganizationConnectionType } from '#graphql/practice'
import { type OrganizationRow, practiceDirectory } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { DayScalar } from '#shared/scalars.graphql'
import { type Assignment, assignmentsOfMemberships, assignmentsOfPractices, listAssignments } from './assignments.ts'
import { beginAssignment } from './begin-assignment.ts'
import { type CareManager, listCareManagers } from './care-managers.ts'
import { coverageOn, type PracticeCoverage } from './coverage.ts'
import { endAssignment } from './end-assignment.ts'
import {
  AssignCareManagerInput,
  CareAssignmentConnectionType,
  CareAssignmentResult,
  CareAssignmentType,
  CareManagerConnectionType,
  CareManagerType,
  PracticeCoverageType,
} from './workforce.graphql.ts'

@Resolver(() => CareManagerType)
export class WorkforceResolver {
  @Door('create', 'Assignment')
  @Query(() => CareManagerConnectionType, { description: 'Who can be assigned, by name.' })
  careManagers(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name.' }) search: string | null,
    @Arg('free', () => Boolean, { nullable: true, defaultValue: false, description: 'Only those without a current or planned assignment.' })
    free: boolean | null,
  ): Promise<Connection<CareManager>> {
    return listCareManagers(ctx, { search: search ?? null, free: free ?? false }, { first, after })
  }

  @FieldResolver(() => [CareAssignmentType], { description: 'Current and planned.' })
  async assignments(@FromContext('ctx') ctx: Ctx, @Root() { id }: CareManagerType): Promise<Assignment[]> {
    return (await assignmentsOfMemberships(ctx, id)) ?? []
  }

  @Door('create', 'Assignment')
  @Query(() => [PracticeCoverageType], { description: 'Every active practice, also those where nobody is.' })
  workforceCoverage(
    @FromContext('ctx') ctx: Ctx,
    @Arg('day', () => DayScalar, { nullable: true, description: 'As agreed for this day; today unless told.' }) day: Day | null,
  ): Promise<PracticeCoverage[]> {
    return coverageOn(ctx, day ?? ctx.clock.today(ctx.region.timeZone))
  }

  @Door('create', 'Assignment')
  @Query(() => OrganizationConnectionType, { description: 'Practices to which care managers can be assigned, by name.' })
  assignablePractices(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name, the city or the short name.' }) search: string | null,
  ): Promise<Connection<OrganizationRow>> {
    return practiceDirectory(ctx, search ?? null, { first, after })
  }

  @Door('read', 'Assignment')
  @Query(() => CareAssignmentConnectionType, {
    description: 'By practice and person: of the region all, of a practice its own, of a care manager her own.',
  })
  careAssignments(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: "Words of the practice's or the care manager's name." })
    search: string | null,
    @Arg('practiceId', () => ID, { nullable: true }) practiceId: string | null,
    @Arg('membershipId', () => ID, { nullable: true }) membershipId: string | null,
    @Arg('ended', () => Boolean, { nullable: true, defaultValue: false, description: 'Also those that ended.' }) ended: boolean | null,
  ): Promise<Connection<Assignment>> {
    const filter = { practiceId: practiceId ?? null, membershipId: membershipId ?? null, search, ended: ended ?? false }
    return listAssignments(ctx, filter, { first, after })
  }

  @Door('create', 'Assignment')
  @Mutation(() => CareAssignmentResult)
  assignCareManager(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => AssignCareManagerInput) input: AssignCareManagerInput,
  ): Promise<Assignment | Refusal> {
    const { kind, duty, hours, endsOn } = input
    return beginAssignment(ctx, {
      ...input,
      kind: kind ?? 'assignment',
      duty: duty ?? 'care-management',
      hours: hours ?? [],
      endsOn: endsOn ?? null,
    })
  }

  @Door('end', 'Assignment')
  @Mutation(() => CareAssignmentResult, { description: 'At once.' })
  endAssignment(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<Assignment | Refusal> {
    return endAssignment(ctx, id)
  }
}

/** Care managers as part of the practice they work for. */
@Resolver(() => MemberOrganizationType)
export class OrganizationAssignmentsResolver {
  @Needs('read', 'Assignment')
  @FieldResolver(() => [CareAssignmentType], { description: 'Of a practice: current and planned.' })
  async careAssignments(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<Assignment[]> {
    return (await assignmentsOfPractices(ctx, id)) ?? []
  }
}
