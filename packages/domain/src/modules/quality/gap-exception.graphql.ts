import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType } from 'type-graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DayScalar } from '#shared/scalars.graphql'
import type { ExceptionReason } from './gap-exception.entity.ts'
import type { DocumentException } from './gap-exceptions.ts'
import { ExceptionReasonEnum, GapExceptionType } from './quality.graphql.ts'

@InputType()
export class DocumentGapExceptionInput implements DocumentException {
  @Field(() => ID) patientId!: string
  @Field(() => String, { description: 'Id of a measure that counts the chart in the newest published period.' }) measure!: string
  @Field(() => ExceptionReasonEnum) reason!: ExceptionReason
  @Field(() => String) words!: string
  @Field(() => DayScalar, { description: 'The last day on which it holds.' }) expiresOn!: Day
  @Field(() => String, { description: '8 to 200 printable characters.' }) idempotencyKey!: string
}

export const GapExceptionResult = createUnionType({
  name: 'GapExceptionResult',
  types: () => [GapExceptionType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'GapException'),
})
