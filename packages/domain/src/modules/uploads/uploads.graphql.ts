import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'

const UploadStateEnum = { UNDER_WAY: 'queued', LANDED: 'done', FAILED: 'failed' } as const
registerEnumType(UploadStateEnum, { name: 'UploadState' })

@ObjectType('UploadCount', { simpleResolvers: true, description: 'What became of the lines of one type of resource.' })
export class UploadCountType {
  @Field(() => String) type!: string
  @Field(() => Int) created!: number
  @Field(() => Int, { description: 'They corrected what had come before.' }) updated!: number
  @Field(() => Int) unchanged!: number
  @Field(() => Int) rejected!: number
}

@ObjectType('UploadRejection', { simpleResolvers: true })
export class UploadRejectionType {
  @Field(() => Int, { description: 'From 1; of a Bundle the number of the entry.' }) line!: number
  @Field(() => String) reason!: string
}

@ObjectType('RecordUpload', { simpleResolvers: true, description: 'A file of FHIR records that somebody of the practice sent.' })
export class RecordUploadType {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => Int) bytes!: number
  @Field(() => UploadStateEnum) state!: 'queued' | 'done' | 'failed'
  @Field(() => String) sentBy!: string
  @Field(() => DateTimeScalar) sentAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) finishedAt!: string | null
  @Field(() => Int, { nullable: true, description: 'Lines read; of a Bundle its entries.' }) lines!: number | null
  @Field(() => [UploadCountType]) counts!: UploadCountType[]
  @Field(() => Int, { description: 'Lines that did not land: each is kept with its reason.' }) rejected!: number
  @Field(() => [UploadRejectionType], { description: 'The first 200 of them.' }) rejections!: UploadRejectionType[]
  @Field(() => String, { nullable: true, description: 'Why nothing of it landed, in words.' }) failure!: string | null
}

@ObjectType('RecordUploads', {
  simpleResolvers: true,
  description: 'Sent to `POST /uploads/records?name=&key=` as NDJSON or as one Bundle.',
})
export class RecordUploadsType {
  @Field(() => Int) largestBytes!: number
  @Field(() => Int) mostLines!: number
  @Field(() => [RecordUploadType], { description: 'The newest first, at most 20.' }) uploads!: RecordUploadType[]
}
