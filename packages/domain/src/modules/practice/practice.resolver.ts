import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Confirmed, Door, Needs } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { upTo } from '#shared/up-to'
import { type AgreementText, agreementTexts } from './agreement-texts.ts'
import { agreementsOf } from './agreements.ts'
import { createOrganization } from './create-organization.ts'
import { emergenciesTold } from './emergencies-told.ts'
import { type Labelling, labelAgain, labellingOf } from './labelling.ts'
import { listMemberOrganizations, type MemberOrganization, readMemberOrganization } from './member-organizations.ts'
import type { OrganizationKind } from './organization.entity.ts'
import {
  AgreementTextType,
  CreateOrganizationInput,
  LabellingType,
  MemberOrganizationConnectionType,
  MemberOrganizationResult,
  MemberOrganizationType,
  OrganizationKindEnum,
  SetPart2ProgramInput,
  SignAgreementInput,
  SignedAgreementType,
  UpdateOrganizationInput,
} from './practice.graphql.ts'
import { setPart2Program } from './set-part2-program.ts'
import { signAgreement } from './sign-agreement.ts'
import { updateOrganization } from './update-organization.ts'

@Resolver(() => MemberOrganizationType)
export class PracticeResolver {
  @Door('read', 'Organization')
  @Query(() => MemberOrganizationConnectionType, { description: 'Members of the region by name; of a practice, itself.' })
  organizations(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name, the city or the short name.' }) search: string | null,
    @Arg('kind', () => OrganizationKindEnum, { nullable: true }) kind: OrganizationKind | null,
    @Arg('active', () => Boolean, { nullable: true, description: 'Whether both agreements are signed.' }) active: boolean | null,
  ): Promise<Connection<MemberOrganization>> {
    return listMemberOrganizations(ctx, { kind: kind ?? null, search, active: active ?? null }, { first, after })
  }

  @Door('read', 'Organization')
  @Query(() => MemberOrganizationType, { nullable: true })
  organization(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<MemberOrganization | null> {
    return readMemberOrganization(ctx, id)
  }

  @Needs('read', 'Agreement')
  @FieldResolver(() => [SignedAgreementType], { complexity: upTo(4) })
  async agreements(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<SignedAgreementType[]> {
    return (await agreementsOf(ctx, id)) ?? []
  }

  @FieldResolver(() => Int, {
    description: 'For the region: emergencies of which it was told by mail, since the practice had no administrator.',
  })
  async emergenciesTold(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<number> {
    return (await emergenciesTold(ctx, id)) ?? 0
  }

  @Needs('update', 'Organization')
  @FieldResolver(() => LabellingType, {
    nullable: true,
    description: 'Of a program under 42 CFR Part 2: of the records that it already had.',
  })
  async labelling(@FromContext('ctx') ctx: Ctx, @Root() { id }: MemberOrganizationType): Promise<Labelling | null> {
    return (await labellingOf(ctx, id)) ?? null
  }

  @Door('read', 'Agreement')
  @Query(() => [AgreementTextType], { description: 'What a practice signs: the wordings in force.', complexity: upTo(2) })
  agreementTexts(): readonly AgreementText[] {
    return agreementTexts
  }

  @Door('create', 'Organization')
  @Mutation(() => MemberOrganizationResult, { description: 'Adds a practice, payer or community partner.' })
  createOrganization(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => CreateOrganizationInput) input: CreateOrganizationInput,
  ): Promise<MemberOrganization | Refusal> {
    return createOrganization(ctx, input)
  }

  @Door('update', 'Organization')
  @Mutation(() => MemberOrganizationResult)
  updateOrganization(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => UpdateOrganizationInput) input: UpdateOrganizationInput,
  ): Promise<MemberOrganization | Refusal> {
    return updateOrganization(ctx, input)
  }

  @Door('update', 'Organization')
  @Mutation(() => MemberOrganizationResult, {
    description: 'Says whether a practice is a program under 42 CFR Part 2: records that arrive from then on are labelled.',
  })
  setPart2Program(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => SetPart2ProgramInput) input: SetPart2ProgramInput,
  ): Promise<MemberOrganization | Refusal> {
    return setPart2Program(ctx, input)
  }

  @Door('update', 'Organization')
  @Mutation(() => MemberOrganizationResult, { description: 'Asks once more for the labelling that was given up.' })
  labelAgain(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<MemberOrganization | Refusal> {
    return labelAgain(ctx, id)
  }

  @Door('create', 'Agreement')
  @Confirmed()
  @Mutation(() => MemberOrganizationResult, {
    description:
      "The own practice's administrator signs electronically; the coordinating body records what was signed on paper. Both agreements make a practice active.",
  })
  signAgreement(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => SignAgreementInput) input: SignAgreementInput,
  ): Promise<MemberOrganization | Refusal> {
    return signAgreement(ctx, { ...input, signedOn: input.signedOn ?? null })
  }
}
