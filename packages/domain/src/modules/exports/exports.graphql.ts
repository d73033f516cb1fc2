import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PatientSort } from '#graphql/registry'
import { PatientColumnEnum, PatientFilterInput } from '#graphql/views'
import type { PatientColumnName, PatientOrderName } from '#modules/registry'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'
import type { AskForExport } from './ask-for-export.ts'
import type { ExportFormat, ExportState } from './list-export.entity.ts'
import type { ExportRow } from './read-exports.ts'

const ExportFormatEnum = { CSV: 'csv', NDJSON: 'ndjson' } as const satisfies Record<string, ExportFormat>
registerEnumType(ExportFormatEnum, { name: 'ExportFormat' })
const ExportStateEnum = { UNDER_WAY: 'queued', READY: 'done', FAILED: 'failed', GONE: 'gone' } as const satisfies Record<
  string,
  ExportState
>
registerEnumType(ExportStateEnum, { name: 'ExportState', description: 'GONE: it was kept its time, 24 hours, and removed.' })

@ObjectType('ListExport', {
  simpleResolvers: true,
  description: 'A file of the patients’ list, at `/exports/lists/<id>` for whoever asked for it, under the same membership.',
})
export class ListExportType implements ExportRow {
  @Field(() => ID) id!: string
  @Field(() => ExportFormatEnum) format!: ExportFormat
  @Field(() => ExportStateEnum) state!: ExportState
  @Field(() => Int, { description: 'Charts written so far.' }) written!: number
  @Field(() => Int, { nullable: true, description: 'Charts that it will have; known once it is begun. At most 5,000.' }) total!:
    number | null
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is removed.' }) expiresAt!: string | null
  @Field(() => ID, { nullable: true, description: 'Of the published figures that its gaps come from.' }) runId!: string | null
  @Field(() => String, { nullable: true, description: 'Why there is none, in words.' }) failure!: string | null
}

@InputType()
export class AskForExportInput implements AskForExport {
  @Field(() => ExportFormatEnum) format!: ExportFormat
  @Field(() => PatientFilterInput) filter!: PatientFilterInput
  @Field(() => PatientSort) sort!: PatientOrderName
  @Field(() => Boolean) reversed!: boolean
  @Field(() => [PatientColumnEnum], { description: 'In their order, after the name.' }) columns!: PatientColumnName[]
  @Field(() => [ID], { nullable: true, description: 'Of these charts alone, 1 to 200; else of everybody whom the filter finds.' })
  patientIds?: string[] | null
  @Field(() => String, { description: '8 to 200 printable characters. The same key makes one file.' }) idempotencyKey!: string
}

export const ListExportResult = createUnionType({
  name: 'ListExportResult',
  types: () => [ListExportType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'ListExport'),
})
