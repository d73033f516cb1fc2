import { administratorRoles } from '@carecommons/access'
import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { MemberOrganizationType, OrganizationKindEnum } from '#graphql/practice'
import type { OrganizationKind } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { Confirmed, type ConfirmedWhen, Door, Needs } from '#shared/door'
import { changeRole, endMembership } from './change-membership.ts'
import { resendInvitation, withdrawInvitation } from './end-invitation.ts'
import { type InvitationRow, listInvitations, waitingInvitationsOf } from './invitations.ts'
import { inviteMember } from './invite-member.ts'
import {
  ChangeRoleInput,
  InvitationResult,
  InvitationType,
  InviteMemberInput,
  StaffMemberPermissionsType,
  StaffMemberResult,
  StaffMemberType,
} from './people.graphql.ts'
import { listStaff, liveStaffOf, type StaffMember } from './staff.ts'
import { openWorkplace } from './workplace.ts'

/** Asking a clinician in is everyday work; asking in somebody who will give roles is not. */
const givesRoles: ConfirmedWhen = ({ input }) =>
  Object.values(administratorRoles).some((role) => role !== null && role === (input as InviteMemberInput).role)

@Resolver(() => StaffMemberType)
export class PeopleResolver {
  @Door('read', 'Membership')
  @Query(() => [StaffMemberType], { description: 'People by name: of the region all, of a practice its own. Patients are no staff.' })
  people(
    @FromContext('ctx') ctx: Ctx,
    @Arg('kind', () => OrganizationKindEnum, { nullable: true }) kind: OrganizationKind | null,
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Arg('ended', () => Boolean, { nullable: true, defaultValue: false, description: 'Also those whose membership ended.' })
    ended: boolean | null,
  ): Promise<StaffMember[]> {
    return listStaff(ctx, { kind: kind ?? null, organizationId: organizationId ?? null, ended: ended ?? false })
  }

  @Door('read', 'Membership')
  @Query(() => [InvitationType], { description: 'Invitations that wait for an answer, expired ones included, by name.' })
  invitations(
    @FromContext('ctx') ctx: Ctx,
    @Arg('kind', () => OrganizationKindEnum, { nullable: true }) kind: OrganizationKind | null,
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
  ): Promise<InvitationRow[]> {
    return listInvitations(ctx, { kind: kind ?? null, organizationId: organizationId ?? null })
  }

  @FieldResolver(() => StaffMemberPermissionsType)
  async viewerCan(@FromContext('ctx') ctx: Ctx, @Root() member: StaffMember): Promise<StaffMemberPermissionsType> {
    const place = member.isLive && member.userId !== ctx.viewer.userId ? await openWorkplace(ctx, member.organization.id) : null
    const grantable = place?.grantable ?? []
    return {
      changeRoleTo: grantable.some((role) => role === member.role) ? grantable.filter((role) => role !== member.role) : [],
      end: place !== null,
    }
  }

  @Door('create', 'Membership')
  @Confirmed(givesRoles)
  @Mutation(() => InvitationResult, { description: 'Asks a person in by mail, to a role that the viewer may give there.' })
  inviteMember(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => InviteMemberInput) input: InviteMemberInput,
  ): Promise<InvitationRow | Refusal> {
    return inviteMember(ctx, input)
  }

  @Door('create', 'Membership')
  @Mutation(() => InvitationResult, { description: 'Sends a new letter; earlier links end and the week begins anew.' })
  resendInvitation(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<InvitationRow | Refusal> {
    return resendInvitation(ctx, id)
  }

  @Door('end', 'Membership')
  @Mutation(() => InvitationResult)
  withdrawInvitation(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<InvitationRow | Refusal> {
    return withdrawInvitation(ctx, id)
  }

  @Door('update', 'Membership')
  @Confirmed()
  @Mutation(() => StaffMemberResult, { description: "Another role from the person's next request on; never one's own." })
  changeRole(@FromContext('ctx') ctx: Ctx, @Arg('input', () => ChangeRoleInput) input: ChangeRoleInput): Promise<StaffMember | Refusal> {
    return changeRole(ctx, input)
  }

  @Door('end', 'Membership')
  @Confirmed()
  @Mutation(() => StaffMemberResult, {
    description: "Ends a membership at once; never one's own, and never that of the only administrator.",
  })
  endMembership(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<StaffMember | Refusal> {
    return endMembership(ctx, id)
  }
}

/** People as part of the organization they work in. */
@Resolver(() => MemberOrganizationType)
export class OrganizationPeopleResolver {
  @Needs('read', 'Membership')
  @FieldResolver(() => [StaffMemberType], { description: 'Whose membership holds today.' })
  async people(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<StaffMember[]> {
    return (await liveStaffOf(ctx, id)) ?? []
  }

  @Needs('read', 'Membership')
  @FieldResolver(() => [InvitationType], { description: 'That wait for an answer.' })
  async invitations(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<InvitationRow[]> {
    return (await waitingInvitationsOf(ctx, id)) ?? []
  }

  @Needs('create', 'Membership')
  @FieldResolver(() => [String], { description: 'Roles that the viewer may give here now.' })
  async grantableRoles(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<readonly string[]> {
    return (await openWorkplace(ctx, id))?.grantable ?? []
  }
}
