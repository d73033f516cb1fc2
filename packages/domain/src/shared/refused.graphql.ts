import { Field, ObjectType } from 'type-graphql'

@ObjectType('Refused', { simpleResolvers: true, description: 'An expected no: a code for programs, words for people.' })
export class RefusedType {
  @Field(() => String) code!: string
  @Field(() => String) message!: string
}
