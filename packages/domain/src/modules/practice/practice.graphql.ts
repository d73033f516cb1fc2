import { isRefusal, type Day } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { AgreementKind, OrganizationKind } from './organization.entity.ts'

/** Kinds of organizations by their names in the API. */
export const OrganizationKindEnum = {
  COORDINATING_BODY: 'coordinating-body',
  PRACTICE: 'practice',
  PAYER: 'payer',
  COMMUNITY_PARTNER: 'community-partner',
} as const satisfies Record<string, OrganizationKind>

registerEnumType(OrganizationKindEnum, { name: 'OrganizationKind' })

@ObjectType('Organization', { simpleResolvers: true })
export class OrganizationType {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => String) slug!: string
  @Field(() => OrganizationKindEnum) kind!: OrganizationKind
  @Field(() => String, { nullable: true }) city!: string | null
}

const AgreementKindEnum = { PARTICIPATION: 'participation', DATA_USE: 'data-use' } as const satisfies Record<string, AgreementKind>
registerEnumType(AgreementKindEnum, { name: 'AgreementKind' })

const MannerEnum = { ELECTRONIC: 'electronic', PAPER: 'paper' } as const
registerEnumType(MannerEnum, { name: 'SigningManner' })

@ObjectType('AgreementText', { simpleResolvers: true, description: 'The wording in force of an agreement, as plain text.' })
export class AgreementTextType {
  @Field(() => AgreementKindEnum) kind!: AgreementKind
  @Field(() => String) version!: string
  @Field(() => String) title!: string
  @Field(() => String) text!: string
}

@ObjectType('SignedAgreement', { simpleResolvers: true })
export class SignedAgreementType {
  @Field(() => AgreementKindEnum) kind!: AgreementKind
  @Field(() => String) version!: string
  @Field(() => String) signedBy!: string
  @Field(() => String, { description: 'What the signer is in the practice.' }) signedAs!: string
  @Field(() => DayScalar) signedOn!: Day
  @Field(() => MannerEnum, { description: 'PAPER: the coordinating body holds the signed sheet.' }) manner!: 'electronic' | 'paper'
  @Field(() => DateTimeScalar) recordedAt!: string
}

const LabellingStateEnum = { QUEUED: 'queued', DONE: 'done', FAILED: 'failed' } as const
registerEnumType(LabellingStateEnum, { name: 'LabellingState', description: 'FAILED: given up; `labelAgain` asks for it once more.' })

@ObjectType('Labelling', {
  simpleResolvers: true,
  description: 'How the labelling stands of what a practice already had when it was declared a program under 42 CFR Part 2.',
})
export class LabellingType {
  @Field(() => LabellingStateEnum) state!: 'queued' | 'done' | 'failed'
  @Field(() => DateTimeScalar) askedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) finishedAt!: string | null
}

@ObjectType('MemberOrganization', {
  simpleResolvers: true,
  description: 'An organization as a member of the region, for those who onboard and manage it.',
})
export class MemberOrganizationType {
  @Field(() => ID) id!: string
  @Field(() => OrganizationType) organization!: OrganizationType
  @Field(() => DateTimeScalar) createdAt!: string
  @Field(() => DayScalar, {
    nullable: true,
    description: 'Of a practice: since when its people reach its charts; null until both agreements are signed.',
  })
  activeSince!: Day | null
  @Field(() => Int, { description: 'Counts changes; to be sent along with a change.' }) version!: number
  @Field(() => Boolean, {
    description: 'A program under 42 CFR Part 2: every record that arrives for it is opened by written consent only.',
  })
  isPart2Program!: boolean
  @Field(() => Boolean, {
    description:
      'False: a payer that records name, known to nobody but its charts and you. Saving it, inviting somebody or registering a system there agrees to it.',
  })
  isAgreed!: boolean
}

export const OrganizationConnectionType = connectionOf('Organization', OrganizationType)
export const MemberOrganizationConnectionType = connectionOf('MemberOrganization', MemberOrganizationType)

@InputType()
export class CreateOrganizationInput {
  @Field(() => OrganizationKindEnum) kind!: OrganizationKind
  @Field(() => String) name!: string
  @Field(() => String, { description: 'Short name for files and links: lower case letters, digits, single dashes. It stays.' })
  slug!: string
  @Field(() => String, { nullable: true }) city!: string | null
  @Field(() => String, { description: '8 to 200 printable characters. The same key makes one organization.' }) idempotencyKey!: string
}

@InputType()
export class UpdateOrganizationInput {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => String, { nullable: true }) city!: string | null
  @Field(() => Int, { description: 'The version that the person saw.' }) version!: number
}

@InputType()
export class SetPart2ProgramInput {
  @Field(() => ID) id!: string
  @Field(() => Boolean) isPart2Program!: boolean
  @Field(() => Int, { description: 'The version that the person saw.' }) version!: number
}

@InputType()
export class SignAgreementInput {
  @Field(() => ID) organizationId!: string
  @Field(() => AgreementKindEnum) kind!: AgreementKind
  @Field(() => String, { description: 'Of the wording that was read.' }) version!: string
  @Field(() => String) signedBy!: string
  @Field(() => String, { description: 'What the signer is in the practice.' }) signedAs!: string
  @Field(() => DayScalar, { nullable: true, description: 'On paper: the day on the sheet; today unless told.' })
  signedOn!: Day | null
}

export const MemberOrganizationResult = createUnionType({
  name: 'MemberOrganizationResult',
  types: () => [MemberOrganizationType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'MemberOrganization'),
})
