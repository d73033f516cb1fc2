import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'

@ObjectType('Authenticator', { simpleResolvers: true, description: 'An authenticator app or a passkey.' })
export class AuthenticatorType {
  @Field(() => ID) id!: string
  @Field(() => String) label!: string
  @Field(() => DateTimeScalar) createdAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) lastUsedAt!: string | null
}

@ObjectType('PasswordFacts', { simpleResolvers: true })
export class PasswordFactsType {
  @Field(() => DateTimeScalar) changedAt!: string
}

@ObjectType('Session', { simpleResolvers: true })
export class SessionType {
  @Field(() => ID) id!: string
  @Field(() => DateTimeScalar) startedAt!: string
  @Field(() => DateTimeScalar) lastSeenAt!: string
  @Field(() => String, { description: 'Families of browser and system: Firefox on Windows.' }) browser!: string
  @Field(() => String, { description: 'Network address without its last part.' }) network!: string
  @Field(() => Boolean) isCurrent!: boolean
}

@ObjectType('Account', { simpleResolvers: true, description: 'What the viewer signs in with, and where they are signed in.' })
export class AccountType {
  @Field(() => PasswordFactsType, { nullable: true, description: 'Null where a passkey alone signs in.' })
  password!: PasswordFactsType | null
  @Field(() => [AuthenticatorType]) authenticators!: readonly AuthenticatorType[]
  @Field(() => [AuthenticatorType]) passkeys!: readonly AuthenticatorType[]
  @Field(() => Int, { description: 'Codes that are left.' }) recoveryCodes!: number
  @Field(() => [SessionType]) sessions!: readonly SessionType[]
}

@ObjectType('TotpSecret', { simpleResolvers: true })
class TotpSecretType {
  @Field(() => String, { description: 'Base32, to type.' }) secret!: string
  @Field(() => String, { description: 'otpauth:// address, to scan.' }) uri!: string
}

@ObjectType('AuthenticatorAdded', { simpleResolvers: true })
class AuthenticatorAddedType {
  @Field(() => AccountType) account!: AccountType
  @Field(() => [String], { description: 'Told once; empty when codes exist already.' }) recoveryCodes!: readonly string[]
}

@InputType()
export class ChangePasswordInput {
  @Field(() => String, { nullable: true, description: 'The present one; not needed within five minutes of `stepUp`.' }) current?:
    string | null
  @Field(() => String) next!: string
}

@InputType()
export class AddTotpInput {
  @Field(() => String) label!: string
  @Field(() => String) code!: string
}

@InputType()
export class AddPasskeyInput {
  @Field(() => String) label!: string
  @Field(() => String, { description: 'What the browser answered, as JSON.' }) answer!: string
}

export const AccountResult = createUnionType({
  name: 'AccountResult',
  types: () => [AccountType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'Account'),
})

export const TotpSecretResult = createUnionType({
  name: 'TotpSecretResult',
  types: () => [TotpSecretType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'TotpSecret'),
})

export const AuthenticatorAddedResult = createUnionType({
  name: 'AuthenticatorAddedResult',
  types: () => [AuthenticatorAddedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'AuthenticatorAdded'),
})
