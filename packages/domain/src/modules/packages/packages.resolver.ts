import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { PeriodInput } from '#graphql/quality'
import type { Ctx } from '#shared/context'
import { Confirmed, Door } from '#shared/door'
import { activateMeasure, retireMeasure } from './agree.ts'
import { listPackages, packageOf, pageOf } from './list-packages.ts'
import {
  ActivateMeasureInput,
  DeckCheckType,
  MeasurePackageType,
  MeasureTermResult,
  AgreeOnStrataInput,
  MeasureTermType,
  PackagePageType,
  RetireMeasureInput,
  StrataTermResult,
  StrataTermType,
} from './packages.graphql.ts'
import { deckCheckOf, deckChecksOf } from './read-deck-checks.ts'
import { agreeOnStrata, listStrataTerms, type StrataTerm } from './strata-terms.ts'
import { listTerms, type Term, termsInForce, termsOfMeasure } from './terms.ts'

@Resolver(() => PackagePageType)
export class PackagesResolver {
  @Door('read', 'MeasurePackage')
  @Query(() => [MeasurePackageType], { description: 'Versions of measures that were loaded, by measure, newest first.' })
  measurePackages(@FromContext('ctx') ctx: Ctx): Promise<MeasurePackageType[]> {
    return listPackages(ctx)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => PackagePageType, {
    nullable: true,
    description: 'Populations, logic in words, value sets and data that a package asks for.',
  })
  async measurePackage(@FromContext('ctx') ctx: Ctx, @Arg('hash', () => String) hash: string): Promise<PackagePageType | null> {
    const found = await packageOf(ctx, hash)
    return found && { ...(await pageOf(ctx, hash)), package: found }
  }

  @FieldResolver(() => [MeasureTermType], { description: 'What was agreed on for the measure, newest first.' })
  terms(@FromContext('ctx') ctx: Ctx, @Root() page: PackagePageType): Promise<Term[]> {
    return termsOfMeasure(ctx, page.package.measureId)
  }

  @FieldResolver(() => [DeckCheckType], { description: 'The latest runs of test cases, newest first.' })
  deckChecks(@FromContext('ctx') ctx: Ctx, @Root() page: PackagePageType): Promise<DeckCheckType[]> {
    return deckChecksOf(ctx, page.package.hash)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => DeckCheckType, { nullable: true })
  deckCheck(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<DeckCheckType | null> {
    return deckCheckOf(ctx, id)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => [MeasureTermType], { description: 'Everything that was agreed on, newest first.' })
  measureTerms(@FromContext('ctx') ctx: Ctx): Promise<Term[]> {
    return listTerms(ctx)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => [MeasureTermType], { description: 'What a run over a period computes, in its order.' })
  measureSet(@FromContext('ctx') ctx: Ctx, @Arg('period', () => PeriodInput) period: PeriodInput): Promise<Term[]> {
    return termsInForce(ctx, period)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => [StrataTermType], { description: 'By what figures are broken down: everything that was agreed on, newest first.' })
  strataTerms(@FromContext('ctx') ctx: Ctx): Promise<StrataTerm[]> {
    return listStrataTerms(ctx)
  }

  @Door('start', 'MeasurePackage')
  @Confirmed()
  @Mutation(() => StrataTermResult, {
    description: 'Agrees on by what figures of years are broken down, or by nothing. The next run of such a year computes with it.',
  })
  agreeOnStrata(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => AgreeOnStrataInput) input: AgreeOnStrataInput,
  ): Promise<StrataTerm | Refusal> {
    return agreeOnStrata(ctx, input)
  }

  @Door('start', 'MeasurePackage')
  @Confirmed()
  @Mutation(() => MeasureTermResult, { description: 'Puts a package in force for years. The next run of such a year computes with it.' })
  activateMeasure(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => ActivateMeasureInput) input: ActivateMeasureInput,
  ): Promise<Term | Refusal> {
    return activateMeasure(ctx, input)
  }

  @Door('end', 'MeasurePackage')
  @Confirmed()
  @Mutation(() => MeasureTermResult, { description: 'Takes a measure out of the set of years. Published figures stay.' })
  retireMeasure(@FromContext('ctx') ctx: Ctx, @Arg('input', () => RetireMeasureInput) input: RetireMeasureInput): Promise<Term | Refusal> {
    return retireMeasure(ctx, input)
  }
}
