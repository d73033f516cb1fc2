import { measureWriters, regionDirectory } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** A FHIR measure package as loaded: Measure, Library and ValueSet in one Bundle. Versions are kept for ever. */
export const MeasurePackage = defineEntity({
  name: 'MeasurePackage',
  tableName: 'measure_package',
  properties: {
    /** sha256 over the canonical bundle, hex. */
    hash: p.text().primary(),
    measureId: p.text(),
    /** Canonical url of the Measure. */
    url: p.text().nullable(),
    version: p.text(),
    title: p.text(),
    description: p.text(),
    improvement: p.text().$type<'increase' | 'decrease'>().check("improvement in ('increase', 'decrease')"),
    /** Hash of the sources it was translated from: an unchanged source is not translated again. */
    sourceHash: p.text(),
    bundle: p.text(),
    /** sha256 of each value set that it computes with, by url; null until it was computed with. */
    valueSetHashes: p.json().$type<Readonly<Record<string, string>>>().nullable(),
    loadedAt: p.string().columnType('timestamptz'),
    /** Who loaded it; null for what ships with the product. */
    loadedBy: p.uuid().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [...regionDirectory('measure_package'), ...measureWriters.packages],
})

/**
 * What was agreed on: from one day to another a measure is computed with a package, or, without one, not at all. Rows are added and never
 * changed; of several that cover a period the latest counts.
 */
export const MeasureTerm = defineEntity({
  name: 'MeasureTerm',
  tableName: 'measure_term',
  properties: {
    id: p.uuid().primary(),
    measureId: p.text().index('measure_term_measure'),
    /** Null: retired. */
    packageHash: p.text().nullable(),
    /** First and last day of the periods that it holds for. */
    startsOn: p.date(),
    endsOn: p.date().nullable(),
    /** Where the measure stands in the set. */
    position: p.smallint(),
    /** Who put it in force; null for what ships with the product. */
    agreedBy: p.uuid().nullable(),
    /** With whom it was agreed, in words. */
    agreedWith: p.text(),
    /** The rate to be reached, 0 to 1, or not to be passed where lower is better; null: none was agreed on. */
    target: p.decimal().columnType('numeric').nullable(),
    agreedAt: p.string().columnType('timestamptz'),
  },
  checks: [{ name: 'measure_term_target', expression: 'target > 0::numeric AND target < 1::numeric' }],
  rowLevelSecurity: 'force',
  policies: [...regionDirectory('measure_term'), measureWriters.term],
})
