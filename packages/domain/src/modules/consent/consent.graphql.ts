import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { Sensitivity } from '#graphql/patient'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { ShareCategory } from './share-category.ts'
import type { VisibilityRule } from './why-visible.ts'

const ConsentKind = { PROGRAM: 'program', SENSITIVE: 'sensitive' } as const
registerEnumType(ConsentKind, {
  name: 'ConsentKind',
  description: 'PROGRAM: to care management. SENSITIVE: to labelled records of one category.',
})

const ConsentManner = { VERBAL: 'verbal', WRITTEN: 'written' } as const
registerEnumType(ConsentManner, { name: 'ConsentManner' })

const ShareBasis = { TREATMENT: 'treatment', PATIENT_REQUEST: 'patient-request' } as const
registerEnumType(ShareBasis, { name: 'ShareBasis' })

const ShareCategoryEnum = {
  PROBLEMS: 'problems',
  MEDICATIONS: 'medications',
  ALLERGIES: 'allergies',
  IMMUNIZATIONS: 'immunizations',
  RESULTS: 'results',
  ENCOUNTERS: 'encounters',
  CARE_TEAM: 'care-team',
  PART2: 'part2',
  BEHAVIORAL: 'behavioral',
} as const satisfies Record<string, ShareCategory>
registerEnumType(ShareCategoryEnum, {
  name: 'ShareCategory',
  description: 'PART2 and BEHAVIORAL open labelled records among the other categories named, while a consent to the recipient lives.',
})

const VisibilityRuleEnum = {
  OWN_PRACTICE: 'own-practice',
  ASSIGNMENT: 'assignment',
  COVER: 'cover',
  OWN_CHART: 'own-chart',
  SHARE_GRANT: 'share-grant',
  EMERGENCY: 'emergency',
  CONSENT: 'consent',
} as const satisfies Record<string, VisibilityRule>
registerEnumType(VisibilityRuleEnum, { name: 'VisibilityRule' })

const GuestRule = { SHARE_GRANT: 'share-grant', EMERGENCY: 'emergency' } as const
registerEnumType(GuestRule, { name: 'GuestRule' })

@ObjectType('Consent', { simpleResolvers: true })
export class ConsentType {
  @Field(() => ID) id!: string
  @Field(() => ConsentKind) kind!: 'program' | 'sensitive'
  @Field(() => Sensitivity, { nullable: true }) category!: 'part2' | 'behavioral' | null
  @Field(() => OrganizationType, { description: 'To whom.' }) recipient!: OrganizationType
  @Field(() => ConsentManner) manner!: 'verbal' | 'written'
  @Field(() => String) givenBy!: string
  @Field(() => String, { description: 'What they are to the patient.' }) givenAs!: string
  @Field(() => DayScalar) givenOn!: Day
  @Field(() => String, { description: 'What it covers, in words.' }) scope!: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null: until it is revoked.' }) expiresAt!: string | null
  @Field(() => String) recordedByName!: string
  @Field(() => DateTimeScalar) recordedAt!: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'Revoked.' }) endedAt!: string | null
  @Field(() => String, { nullable: true }) endedByName!: string | null
  @Field(() => Boolean, { description: 'Neither revoked nor past its end.' }) isOpen!: boolean
}

@ObjectType('ShareGrant', { simpleResolvers: true })
export class ShareGrantType {
  @Field(() => ID) id!: string
  @Field(() => OrganizationType) recipient!: OrganizationType
  @Field(() => [ShareCategoryEnum]) categories!: readonly ShareCategory[]
  @Field(() => ShareBasis) basis!: 'treatment' | 'patient-request'
  @Field(() => DateTimeScalar) expiresAt!: string
  @Field(() => String) grantedByName!: string
  @Field(() => DateTimeScalar) grantedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
  @Field(() => String, { nullable: true }) endedByName!: string | null
  @Field(() => Boolean, { description: 'Neither ended nor past its end.' }) isOpen!: boolean
}

@ObjectType('SharedChart', { simpleResolvers: true, description: 'A chart that another practice opened to the acting one.' })
class SharedChartType {
  @Field(() => ID) grantId!: string
  @Field(() => ID) patientId!: string
  @Field(() => String) familyName!: string
  @Field(() => String) givenName!: string
  @Field(() => DayScalar, { nullable: true }) birthDate!: Day | null
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => [ShareCategoryEnum]) categories!: readonly ShareCategory[]
  @Field(() => ShareBasis) basis!: 'treatment' | 'patient-request'
  @Field(() => DateTimeScalar) expiresAt!: string
}

@ObjectType('GuestAccess', {
  simpleResolvers: true,
  description: 'Why a chart of another practice is open, and what of it. All else is empty.',
})
export class GuestAccessType {
  @Field(() => GuestRule) rule!: 'share-grant' | 'emergency'
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => [ShareCategoryEnum]) categories!: readonly ShareCategory[]
  @Field(() => DateTimeScalar) expiresAt!: string
  @Field(() => String, { description: 'In words, also for what is not open.' }) words!: string
}

@ObjectType('EmergencyAccess', { simpleResolvers: true })
class EmergencyAccessType {
  @Field(() => ID) id!: string
  @Field(() => ID) patientId!: string
  @Field(() => String, { nullable: true, description: "Null where the chart is not in the viewer's own reach." }) patientName!:
    string | null
  @Field(() => OrganizationType, { description: 'Who keeps the chart.' }) practice!: OrganizationType
  @Field(() => String) userName!: string
  @Field(() => OrganizationType, { description: 'For whom this person works.' }) organization!: OrganizationType
  @Field(() => String) reason!: string
  @Field(() => DateTimeScalar) openedAt!: string
  @Field(() => DateTimeScalar) expiresAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
  @Field(() => String, { nullable: true }) contestedByName!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) contestedAt!: string | null
  @Field(() => String, { nullable: true }) contestWords!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: "When the practice's administrators were told by mail." })
  mailedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the mail was given up; the administrators see it here only.' })
  mailFailedAt!: string | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the coordinating body was told that there is no administrator to tell.',
  })
  regionToldAt!: string | null
  @Field(() => Boolean) isOpen!: boolean
  @Field(() => Boolean) canContest!: boolean
  @Field(() => Boolean, { description: 'After a contest: this person opens the chart in no emergency until it is lifted.' })
  isBarred!: boolean
  @Field(() => Boolean) canLift!: boolean
}

@ObjectType('VisibilityReason', { simpleResolvers: true })
export class VisibilityReasonType {
  @Field(() => VisibilityRuleEnum) rule!: VisibilityRule
  @Field(() => String) words!: string
  @Field(() => String, { nullable: true, description: 'A day or an instant.' }) from!: string | null
  @Field(() => String, { nullable: true }) until!: string | null
}

@ObjectType('Visibility', {
  simpleResolvers: true,
  description: 'One constant for everything that the viewer cannot see, whether it exists or not.',
})
export class VisibilityType {
  @Field(() => Boolean) visible!: boolean
  @Field(() => String) words!: string
  @Field(() => [VisibilityReasonType]) reasons!: readonly VisibilityReasonType[]
}

@ObjectType('AudienceEntry', { simpleResolvers: true })
class AudienceEntryType {
  @Field(() => VisibilityRuleEnum) rule!: VisibilityRule
  @Field(() => String, { nullable: true, description: 'Null: everybody there whose role opens charts.' }) person!: string | null
  @Field(() => String, { nullable: true }) role!: string | null
  @Field(() => String) organization!: string
  @Field(() => [ShareCategoryEnum], { nullable: true, description: 'Null: all that the role reads.' }) categories!: readonly string[] | null
  @Field(() => String, { nullable: true, description: 'A day or an instant.' }) from!: string | null
  @Field(() => String, { nullable: true }) until!: string | null
}

@ObjectType('ChartActions', { simpleResolvers: true, description: 'What the viewer may do with this chart.' })
export class ChartActionsType {
  @Field(() => Boolean) readConsents!: boolean
  @Field(() => Boolean) recordConsent!: boolean
  @Field(() => Boolean) recordSensitiveConsent!: boolean
  @Field(() => Boolean) endConsent!: boolean
  @Field(() => Boolean) readShareGrants!: boolean
  @Field(() => Boolean) share!: boolean
  @Field(() => Boolean) openInEmergency!: boolean
  @Field(() => Boolean) seeAudience!: boolean
}

const KEY = { description: '8 to 200 printable characters. The same key is the same request.' }

@InputType()
export class RecordConsentInput {
  @Field(() => ID) patientId!: string
  @Field(() => ConsentKind) kind!: 'program' | 'sensitive'
  @Field(() => Sensitivity, { nullable: true }) category!: 'part2' | 'behavioral' | null
  @Field(() => ID, { nullable: true, description: "Null: the chart's practice; of a PROGRAM consent the coordinating body." })
  recipientId!: string | null
  @Field(() => ConsentManner) manner!: 'verbal' | 'written'
  @Field(() => String) givenBy!: string
  @Field(() => String) givenAs!: string
  @Field(() => DayScalar) givenOn!: Day
  @Field(() => String) scope!: string
  @Field(() => DayScalar, { nullable: true, description: 'The last day. Null: until it is revoked.' }) expiresOn!: Day | null
  @Field(() => String, KEY) idempotencyKey!: string
}

@InputType()
export class ShareChartInput {
  @Field(() => ID) patientId!: string
  @Field(() => ID) recipientId!: string
  @Field(() => [ShareCategoryEnum]) categories!: ShareCategory[]
  @Field(() => ShareBasis) basis!: 'treatment' | 'patient-request'
  @Field(() => DayScalar, { description: 'The last day.' }) expiresOn!: Day
  @Field(() => String, KEY) idempotencyKey!: string
}

@InputType()
export class BreakGlassInput {
  @Field(() => ID) practiceId!: string
  @Field(() => String) familyName!: string
  @Field(() => String) givenName!: string
  @Field(() => DayScalar) birthDate!: Day
  @Field(() => String, { description: 'What the emergency is. The practice reads it.' }) reason!: string
}

const orRefused = <Type extends object>(name: string, type: new () => Type, typeName: string) =>
  createUnionType({
    name,
    types: () => [type, RefusedType] as const,
    resolveType: (value) => (isRefusal(value) ? 'Refused' : typeName),
  })

export const ConsentResult = orRefused('ConsentResult', ConsentType, 'Consent')
export const ShareGrantResult = orRefused('ShareGrantResult', ShareGrantType, 'ShareGrant')
export const EmergencyAccessConnectionType = connectionOf('EmergencyAccess', EmergencyAccessType)
export const SharedChartConnectionType = connectionOf('SharedChart', SharedChartType)
export const AudienceEntryConnectionType = connectionOf('AudienceEntry', AudienceEntryType)

export const EmergencyAccessResult = orRefused('EmergencyAccessResult', EmergencyAccessType, 'EmergencyAccess')
