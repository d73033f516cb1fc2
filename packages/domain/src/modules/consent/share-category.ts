import type { Ctx } from '#shared/context'

/** What a practice can open of a chart, by the words people choose from, with the FHIR resource types behind each. */
export const shareCategories = {
  problems: ['Condition'],
  medications: ['MedicationRequest', 'MedicationStatement', 'MedicationAdministration', 'MedicationDispense'],
  allergies: ['AllergyIntolerance'],
  immunizations: ['Immunization'],
  results: ['Observation', 'DiagnosticReport'],
  encounters: ['Encounter'],
  'care-team': ['CareTeam'],
} as const satisfies Record<string, readonly string[]>

/** Labelled rows: open only when named and while a consent to the recipient lives. */
export const sensitiveCategories = ['part2', 'behavioral'] as const
export type SensitiveCategory = (typeof sensitiveCategories)[number]

export type RecordCategory = keyof typeof shareCategories
export type ShareCategory = RecordCategory | SensitiveCategory

export const everyShareCategory = [...(Object.keys(shareCategories) as RecordCategory[]), ...sensitiveCategories] as const

export const isShareCategory = (name: string): name is ShareCategory => (everyShareCategory as readonly string[]).includes(name)

/** Of what was shared, what the viewer may know of: that a sensitive category is among it tells of such records. */
export const categoriesFor = ({ ability }: Pick<Ctx, 'ability'>, categories: readonly ShareCategory[]): ShareCategory[] =>
  categories.filter((one) => one in shareCategories || ability.can('read', 'SensitiveRecord'))

/** The resource types that categories open. */
export const typesOf = (categories: readonly ShareCategory[]): string[] =>
  categories.flatMap((category) => (category in shareCategories ? shareCategories[category as RecordCategory] : []))
