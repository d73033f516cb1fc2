import { type DataRequirement, type MeasureGroup, measureName, packageParts, requirementWords } from '@carecommons/cql'
import { measureOf } from './measures-check-command.ts'
import { readMeasurePackage } from './measure-files.ts'
import { profilePrefixes } from './profile-prefixes.ts'
import { answer, table } from './terminal.ts'
import { withEngine } from './with-engine.ts'

export interface InspectOptions {
  readonly package: string
  readonly prefixes?: string
}

/** `commons measures inspect`: what a package computes, of what it is made and which data it asks for. */
export async function measuresInspectCommand(options: InspectOptions): Promise<void> {
  const { prefixes } = profilePrefixes(process.env, options.prefixes)
  const { pkg, groups, supplementalData, requirements } = await withEngine(prefixes, async (pool) => {
    const read = await readMeasurePackage(pool, options.package)
    return { pkg: read, ...(await pool.describe(read)) }
  })
  const { libraries, valueSets } = packageParts(pkg)
  answer(`${measureName(measureOf(pkg))}: ${pkg.title.trim()}`)
  answer(`${pkg.url}|${pkg.version}`)
  answer(`package ${pkg.hash}`)
  for (const group of groups) section(headOf(group), ['population', 'criteria', 'counts'], populationRows(group))
  const strata = groups.flatMap(({ id, definition }) => definition.stratifiers.map((one) => [id, one.id, one.expressions.join(', ')]))
  if (strata.length > 0) section('Strata', ['group', 'stratifier', 'criteria'], strata)
  if (supplementalData.length > 0)
    section(
      'Supplemental data',
      ['id', 'definition'],
      supplementalData.map(({ id, expression }) => [id, expression]),
    )
  const reached = new Set(groups.flatMap(({ clauses }) => clauses))
  section(
    'Definitions',
    ['definition', 'type', 'used by populations'],
    (libraries[0]?.definitions ?? []).map(({ name, type }) => [name, type ?? '', reached.has(name) ? 'yes' : '']),
  )
  section(
    'Libraries',
    ['library', 'version', 'definitions', 'sha-256'],
    libraries.map(({ name, version, definitions, hash }) => [name, version, definitions.length, hash.slice(0, 16)]),
  )
  section(
    'Value sets',
    ['value set', 'title', 'codes', 'note', 'sha-256'],
    valueSets.map(({ url, title, codes, note, hash }) => [url, title, codes, note ?? '', hash.slice(0, 16)]),
  )
  section('Data requirements', ['type', 'path', 'codes', 'dates that can matter', 'elements read'], requirementRows(requirements))
}

const headOf = ({ id, definition }: MeasureGroup): string =>
  `Group ${id}: ${definition.scoring}, counts ${definition.basis === 'boolean' ? 'people' : definition.basis}` +
  (definition.improvementNotation ? `, says that ${definition.improvementNotation} is improvement` : '')

function populationRows({ definition }: MeasureGroup): string[][] {
  return [
    ...definition.populations.map(({ code, expression, within }) => [code, expression, within ? `within ${within}` : '']),
    ...definition.observations.map(({ observer, aggregate, observes }) => [
      'measure-observation',
      observer,
      `${aggregate} over ${definition.populations[observes]!.code}`,
    ]),
  ]
}

const requirementRows = (requirements: readonly DataRequirement[]): string[][] =>
  requirementWords(requirements).map(({ type, path, codes, orProfile, dates, elements }) => [
    type,
    path ?? '',
    codes === null ? 'all' : `${codes.toLocaleString('en-US')} codes${orProfile ? ', or its profile' : ''}`,
    dates ?? 'any',
    elements.join(', '),
  ])

function section(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  answer('')
  answer(title)
  for (const line of table(head, rows)) answer(`  ${line}`)
}
