import { administratorRoles } from '@carecommons/access'
import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { MemberOrganizationType, OrganizationKindEnum } from '#graphql/practice'
import type { OrganizationKind } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { Confirmed, type ConfirmedWhen, Door, Needs } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { changeRole, endMembership } from './change-membership.ts'
import { resendInvitation, withdrawInvitation } from './end-invitation.ts'
import { countInvitationsOf, type InvitationRow, listInvitations } from './invitations.ts'
import { inviteMember } from './invite-member.ts'
import {
  ChangeRoleInput,
  InvitationConnectionType,
  InvitationResult,
  InviteMemberInput,
  RenamePersonInput,
  RenewSignInInput,
  StaffConnectionType,
  StaffMemberPermissionsType,
  StaffMemberResult,
  StaffMemberType,
} from './people.graphql.ts'
import { renamePerson } from './rename-person.ts'
import { renewSignIn } from './renew-sign-in.ts'
import { countStaffOf, listStaff, type StaffMember } from './staff.ts'
import { openWorkplace } from './workplace.ts'

const WORDS = 'Every word begins a word of the name or the address; accents and case aside.'

/** Asking a clinician in is everyday work; asking in somebody who will give roles is not. */
const givesRoles: ConfirmedWhen = ({ input }) =>
  Object.values(administratorRoles).some((role) => role !== null && role === (input as InviteMemberInput).role)

@Resolver(() => StaffMemberType)
export class PeopleResolver {
  @Door('read', 'Membership')
  @Query(() => StaffConnectionType, { description: 'People by name: of the region all, of a practice its own. Patients are no staff.' })
  people(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: WORDS }) search: string | null,
    @Arg('kind', () => OrganizationKindEnum, { nullable: true }) kind: OrganizationKind | null,
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Arg('ended', () => Boolean, { nullable: true, defaultValue: false, description: 'Also those whose membership ended.' })
    ended: boolean | null,
  ): Promise<Connection<StaffMember>> {
    const filter = { kind: kind ?? null, organizationId: organizationId ?? null, search, ended: ended ?? false }
    return listStaff(ctx, filter, { first, after })
  }

  @Door('read', 'Membership')
  @Query(() => InvitationConnectionType, {
    description:
      'Invitations that wait for an answer, expired ones included, and letters to those who are to choose new ways to sign in; by name.',
  })
  invitations(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: WORDS }) search: string | null,
    @Arg('kind', () => OrganizationKindEnum, { nullable: true }) kind: OrganizationKind | null,
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
  ): Promise<Connection<InvitationRow>> {
    return listInvitations(ctx, { kind: kind ?? null, organizationId: organizationId ?? null, search }, { first, after })
  }

  @FieldResolver(() => StaffMemberPermissionsType)
  async viewerCan(@FromContext('ctx') ctx: Ctx, @Root() member: StaffMember): Promise<StaffMemberPermissionsType> {
    const place = member.isLive && member.userId !== ctx.viewer.userId ? await openWorkplace(ctx, member.organization.id) : null
    const grantable = place?.grantable ?? []
    return {
      changeRoleTo: grantable.some((role) => role === member.role) ? grantable.filter((role) => role !== member.role) : [],
      end: place !== null,
      rename: grantable.some((role) => role === member.role),
      renewSignIn: place?.renewable.includes(member.role) ?? false,
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

  @Door('update', 'Membership')
  @Mutation(() => StaffMemberResult, {
    description: 'Another name for a person whose role the viewer may give; the own one is `renameMyself`.',
  })
  renamePerson(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RenamePersonInput) input: RenamePersonInput,
  ): Promise<StaffMember | Refusal> {
    return renamePerson(ctx, input)
  }

  @Door('create', 'Membership')
  @Confirmed()
  @Mutation(() => InvitationResult, {
    description:
      'Lets a person choose new ways to sign in, by a letter to their own address; what they have counts until they do. `withdrawInvitation` takes it back.',
  })
  renewSignIn(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RenewSignInInput) input: RenewSignInInput,
  ): Promise<InvitationRow | Refusal> {
    return renewSignIn(ctx, input)
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
  @FieldResolver(() => Int, { description: 'Whose membership holds today; `people` lists them.' })
  async peopleCount(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<number> {
    return (await countStaffOf(ctx, id)) ?? 0
  }

  @Needs('read', 'Membership')
  @FieldResolver(() => Int, { description: 'That wait for an answer; `invitations` lists them.' })
  async invitationCount(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<number> {
    return (await countInvitationsOf(ctx, id)) ?? 0
  }

  @Needs('create', 'Membership')
  @FieldResolver(() => [String], { description: 'Roles that the viewer may give here now.' })
  async grantableRoles(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<readonly string[]> {
    return (await openWorkplace(ctx, id))?.grantable ?? []
  }
}
