import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import type { OrganizationKind } from './organization.entity.ts'

/** Kinds of organizations by their names in the API. */
const OrganizationKindEnum = {
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
