import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DayScalar } from '#shared/scalars.graphql'
import type { RecordValue } from './record-value.ts'
import type { ValueKind } from './typed-value.ts'

const ValueKindEnum = { A1C: 'a1c', BLOOD_PRESSURE: 'blood-pressure', PHQ9: 'phq9' } as const satisfies Record<string, ValueKind>
registerEnumType(ValueKindEnum, { name: 'ValueKind' })

@InputType()
export class RecordValueInput implements RecordValue {
  @Field(() => ID) patientId!: string
  @Field(() => ValueKindEnum) kind!: ValueKind
  @Field(() => Float, { description: 'HbA1c in percent, systolic pressure in mmHg, sum of the PHQ-9.' }) value!: number
  @Field(() => Float, { nullable: true, description: 'Diastolic pressure in mmHg.' }) second?: number | null
  @Field(() => DayScalar, { description: 'The day it was measured on.' }) on!: Day
  @Field(() => String, { description: '8 to 200 printable characters. The same key is the same value.' }) idempotencyKey!: string
}

@ObjectType('RecordedValue', { simpleResolvers: true })
export class RecordedValueType {
  @Field(() => String, { description: '`Observation/id`' }) reference!: string
}

export const RecordValueResult = createUnionType({
  name: 'RecordValueResult',
  types: () => [RecordedValueType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'RecordedValue'),
})
