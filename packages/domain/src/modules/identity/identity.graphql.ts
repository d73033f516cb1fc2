import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { RegionType } from '#graphql/region'
import { RefusedType } from '#shared/refused.graphql'
import type { OpenSession } from '#shared/visit'
import type { Way } from './factors.ts'

const WayEnum = { PASSWORD: 'PASSWORD', PASSKEY: 'PASSKEY', TOTP: 'TOTP', RECOVERY_CODE: 'RECOVERY_CODE' } as const satisfies Record<
  Way,
  Way
>
registerEnumType(WayEnum, { name: 'ProofKind', description: 'How somebody shows who they are.' })

const PasskeyPurposeEnum = { SIGN_IN: 'SIGN_IN', CONFIRM: 'CONFIRM' } as const
registerEnumType(PasskeyPurposeEnum, {
  name: 'PasskeyPurpose',
  description: 'CONFIRM: the person of a session shows that it is still them, to unlock it or before a dangerous act.',
})

const SessionStateEnum = { SIGNED_OUT: 'SIGNED_OUT', OPEN: 'OPEN', LOCKED: 'LOCKED', NOT_ACTING: 'NOT_ACTING' } as const
registerEnumType(SessionStateEnum, {
  name: 'SessionStateKind',
  description: 'LOCKED: idle for 15 minutes. NOT_ACTING: signed in, but no longer under the membership of `x-acting-as`.',
})

export { PasskeyPurposeEnum }

@ObjectType('User', { simpleResolvers: true })
export class UserType {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => String) email!: string
}

@ObjectType('Membership', {
  simpleResolvers: true,
  description:
    'Role is the kebab-case name of a page in packages/access/src/roles: region-administrator, clinician, practice-administrator, payer-analyst.',
})
export class MembershipType {
  @Field(() => ID) id!: string
  @Field(() => String) role!: string
  @Field(() => OrganizationType) organization!: OrganizationType
}

@ObjectType('Viewer', { simpleResolvers: true })
export class ViewerType {
  @Field(() => UserType) user!: UserType
  @Field(() => MembershipType, { description: 'The one that this request acts under.' }) membership!: MembershipType
  @Field(() => RegionType) region!: RegionType
  @Field(() => [ID], { description: 'Practices whose charts this membership reaches now.' }) practiceIds!: readonly string[]
  @Field(() => ID, { nullable: true, description: "A patient's own chart." }) patientId!: string | null
}

@ObjectType('SessionState', { simpleResolvers: true })
export class SessionStateType {
  @Field(() => SessionStateEnum) state!: keyof typeof SessionStateEnum
  @Field(() => String, { nullable: true, description: 'Of the person, for the lock screen.' }) name!: string | null
  @Field(() => [WayEnum]) unlockWith!: readonly Way[]
}

@ObjectType('SecondStep', {
  simpleResolvers: true,
  description: 'The password was right; `finishSignIn` takes the second factor, from this browser, within ten minutes.',
})
class SecondStepType {
  @Field(() => [WayEnum]) ways!: readonly Way[]
}

@ObjectType('PasskeyQuestion', { simpleResolvers: true })
class PasskeyQuestionType {
  @Field(() => String, { description: "WebAuthn's options as JSON." }) options!: string
}

@InputType()
export class SignInInput {
  @Field(() => String) email!: string
  @Field(() => String) password!: string
}

@InputType({ description: 'One of them. `passkey` is the answer of the browser, as JSON.' })
export class ProofInput {
  @Field(() => String, { nullable: true }) password?: string | null
  @Field(() => String, { nullable: true }) passkey?: string | null
  @Field(() => String, { nullable: true }) totp?: string | null
  @Field(() => String, { nullable: true }) recoveryCode?: string | null
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [ViewerType, SecondStepType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'ways' in value ? 'SecondStep' : 'Viewer'),
})

export const ViewerResult = createUnionType({
  name: 'ViewerResult',
  types: () => [ViewerType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'Viewer'),
})

export const PasskeyQuestionResult = createUnionType({
  name: 'PasskeyQuestionResult',
  types: () => [PasskeyQuestionType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'PasskeyQuestion'),
})

/** What may leave of a session. */
export const viewerOf = ({ user, viewer, organization, region }: OpenSession): ViewerType => ({
  user,
  membership: { id: viewer.membershipId, role: viewer.role, organization },
  region,
  practiceIds: viewer.practiceIds,
  patientId: viewer.patientId,
})
