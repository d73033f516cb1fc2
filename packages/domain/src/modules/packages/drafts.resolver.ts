import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import {
  CqlProblemType,
  CqlVocabularyType,
  DraftTrialResult,
  DraftTrialType,
  MeasureDraftResult,
  MeasureDraftType,
  MeasurePackageResult,
  PublishDraftInput,
  SaveDraftInput,
  TryDraftInput,
} from './drafts.graphql.ts'
import { checkCql, type Draft, draftOf, listDrafts, saveDraft } from './drafts.ts'
import type { PackageRow } from './list-packages.ts'
import { publishDraft } from './publish-draft.ts'
import { type TrialRow, trialsOf } from './read-trials.ts'
import { tryDraft } from './try-draft.ts'

@Resolver(() => MeasureDraftType)
export class DraftsResolver {
  @Door('read', 'MeasurePackage')
  @Query(() => [MeasureDraftType], { description: 'Regional measures that are being written, the last changed first.' })
  measureDrafts(@FromContext('ctx') ctx: Ctx): Promise<Draft[]> {
    return listDrafts(ctx)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => MeasureDraftType, { nullable: true })
  measureDraft(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<Draft | null> {
    return draftOf(ctx, id)
  }

  @FieldResolver(() => [DraftTrialType], { description: 'The latest trials, newest first.' })
  trials(@FromContext('ctx') ctx: Ctx, @Root() draft: MeasureDraftType): Promise<TrialRow[]> {
    return trialsOf(ctx, draft.id)
  }

  @Door('create', 'MeasurePackage')
  @Query(() => [CqlProblemType], { description: 'Everything wrong with a CQL text, by place; none when it can be tried.' })
  async checkCql(@FromContext('ctx') ctx: Ctx, @Arg('cql', () => String) cql: string): Promise<CqlProblemType[]> {
    return [...(await checkCql(ctx, cql))]
  }

  @Door('create', 'MeasurePackage')
  @Query(() => CqlVocabularyType)
  cqlVocabulary(@FromContext('ctx') ctx: Ctx): CqlVocabularyType {
    return ctx.desk.drafts().vocabulary
  }

  @Door('create', 'MeasurePackage')
  @Mutation(() => MeasureDraftResult, { description: 'Keeps a draft as it is, whether it translates or not.' })
  saveMeasureDraft(@FromContext('ctx') ctx: Ctx, @Arg('input', () => SaveDraftInput) input: SaveDraftInput): Promise<Draft | Refusal> {
    return saveDraft(ctx, input)
  }

  @Door('create', 'MeasurePackage')
  @Mutation(() => DraftTrialResult, { description: 'Tries a draft on a random sample of charts: suppressed counts come back.' })
  tryMeasureDraft(@FromContext('ctx') ctx: Ctx, @Arg('input', () => TryDraftInput) input: TryDraftInput): Promise<TrialRow | Refusal> {
    return tryDraft(ctx, input)
  }

  @Door('create', 'MeasurePackage')
  @Mutation(() => MeasurePackageResult, { description: 'Publishes a draft as a package; it is in force only once it is agreed on.' })
  publishMeasureDraft(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => PublishDraftInput) input: PublishDraftInput,
  ): Promise<PackageRow | Refusal> {
    return publishDraft(ctx, input)
  }
}
