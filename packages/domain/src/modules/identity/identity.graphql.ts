import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { RegionType } from '#graphql/region'
import { RefusedType } from '#shared/refused.graphql'

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
  @Field(() => MembershipType) membership!: MembershipType
  @Field(() => RegionType) region!: RegionType
  @Field(() => [ID], { description: 'Practices whose charts this membership reaches now.' }) practiceIds!: readonly string[]
}

@InputType()
export class SignInInput {
  @Field(() => String) email!: string
  @Field(() => String) password!: string
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [ViewerType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'Viewer'),
})
