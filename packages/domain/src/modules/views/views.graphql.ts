import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { MeasurePopulation, PeriodType, PopulationInput } from '#graphql/quality'
import { ComingGapInput, PatientSort } from '#graphql/registry'
import type { PatientColumnName, PatientFilter, PatientOrderName } from '#modules/registry'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'
import type { ViewRow } from './read-views.ts'
import type { SaveView } from './save-view.ts'
import type { ViewAudience } from './saved-view.entity.ts'

const ViewAudienceEnum = { ME: 'me', PRACTICE: 'practice' } as const satisfies Record<string, ViewAudience>
registerEnumType(ViewAudienceEnum, {
  name: 'ViewAudience',
  description: 'PRACTICE: everybody of the practice who lists patients opens, renames and changes it, and so do its care managers.',
})

export const PatientColumnEnum = {
  AGE: 'age',
  BORN: 'born',
  SEX: 'sex',
  PHONE: 'phone',
  CONDITIONS: 'conditions',
  GAPS: 'gaps',
  RISK: 'risk',
  A1C: 'a1c',
  BLOOD_PRESSURE: 'bloodPressure',
  PHQ9: 'phq9',
  LAST_VISIT: 'lastVisit',
  LAST_CONTACT: 'lastContact',
  CARE_MANAGER: 'careManager',
  CLINICIAN: 'clinician',
  RECORD_NUMBER: 'recordNumber',
} as const satisfies Record<string, PatientColumnName>
registerEnumType(PatientColumnEnum, { name: 'PatientColumn', description: 'What a list of patients shows of each, beside the name.' })

type KeptFilter = Omit<PatientFilter, 'search'>

@InputType({ description: 'As the arguments of `patients`; what was searched for is not kept.' })
export class PatientFilterInput implements KeptFilter {
  @Field(() => String, { nullable: true, description: 'Id of a practice, of several.' }) practice?: string | null
  @Field(() => String, { nullable: true }) condition?: string | null
  @Field(() => String, { nullable: true }) clinician?: string | null
  @Field(() => String, { nullable: true }) careManager?: string | null
  @Field(() => String, { nullable: true }) openGap?: string | null
  @Field(() => ComingGapInput, { nullable: true }) comingGap?: ComingGapInput | null
  @Field(() => String, { nullable: true }) registry?: string | null
  @Field(() => PopulationInput, { nullable: true }) inPopulation?: PopulationInput | null
  @Field(() => Int, { nullable: true }) tier?: number | null
}

@ObjectType('KeptComingGap', { simpleResolvers: true })
class KeptComingGapType {
  @Field(() => Int) withinDays!: number
  @Field(() => String, { nullable: true }) measure?: string | null
}

@ObjectType('KeptPopulation', { simpleResolvers: true })
class KeptPopulationType {
  @Field(() => String) measure!: string
  @Field(() => MeasurePopulation) population!: NonNullable<KeptFilter['inPopulation']>['population']
  @Field(() => PeriodType, { nullable: true }) period?: { readonly start: Day; readonly end: Day } | null
}

@ObjectType('PatientFilter', { simpleResolvers: true })
class PatientFilterType implements KeptFilter {
  @Field(() => String, { nullable: true }) practice?: string | null
  @Field(() => String, { nullable: true }) condition?: string | null
  @Field(() => String, { nullable: true }) clinician?: string | null
  @Field(() => String, { nullable: true }) careManager?: string | null
  @Field(() => String, { nullable: true }) openGap?: string | null
  @Field(() => KeptComingGapType, { nullable: true }) comingGap?: KeptComingGapType | null
  @Field(() => String, { nullable: true }) registry?: string | null
  @Field(() => KeptPopulationType, { nullable: true }) inPopulation?: KeptPopulationType | null
  @Field(() => Int, { nullable: true }) tier?: number | null
}

@ObjectType('SavedView', {
  simpleResolvers: true,
  description: "A practice's own cohort: whom of the patients' list somebody looks at, in which order and with which columns.",
})
class SavedViewType implements ViewRow {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => ViewAudienceEnum) audience!: ViewAudience
  @Field(() => Boolean, { description: 'Whether whoever asks keeps it.' }) mine!: boolean
  @Field(() => String) owner!: string
  @Field(() => String, { nullable: true, description: 'Null: over all practices of a care manager.' }) practiceName!: string | null
  @Field(() => PatientFilterType) filter!: PatientFilterType
  @Field(() => PatientSort) sort!: PatientOrderName
  @Field(() => Boolean) reversed!: boolean
  @Field(() => [PatientColumnEnum], { description: 'In their order; of these whoever opens it sees what they may.' })
  columns!: readonly PatientColumnName[]
  @Field(() => Int) version!: number
  @Field(() => String) changedBy!: string
  @Field(() => DateTimeScalar) changedAt!: string
}

export const SavedViewConnectionType = connectionOf('SavedView', SavedViewType)

@InputType()
export class SaveViewInput implements SaveView {
  @Field(() => ID, { nullable: true, description: 'Null: a new one. The same new one asked for twice is kept once.' }) id?: string | null
  @Field(() => Int, { nullable: true, description: 'The version that was changed.' }) version?: number | null
  @Field(() => String, { description: '1 to 120 characters. Others read it: nobody’s name.' }) name!: string
  @Field(() => ViewAudienceEnum) audience!: ViewAudience
  @Field(() => PatientFilterInput) filter!: PatientFilterInput
  @Field(() => PatientSort) sort!: PatientOrderName
  @Field(() => Boolean) reversed!: boolean
  @Field(() => [PatientColumnEnum]) columns!: PatientColumnName[]
}

export const SavedViewResult = createUnionType({
  name: 'SavedViewResult',
  types: () => [SavedViewType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'SavedView'),
})
