/** A chronic condition that registries list and the care-management measure counts. */
export interface ConditionGroup {
  /** kebab-case, stable. */
  readonly key: string
  readonly title: string
  readonly valueSetUrl: string
}

const group = (key: string, title: string): ConditionGroup => ({
  key,
  title,
  valueSetUrl: `https://carecommons.example/fhir/ValueSet/${key}`,
})

export const conditionGroups: readonly ConditionGroup[] = [
  group('diabetes', 'Diabetes'),
  group('hypertension', 'Hypertension'),
  group('heart-disease', 'Heart disease'),
  group('heart-failure', 'Heart failure'),
  group('asthma', 'Asthma'),
  group('copd', 'COPD'),
  group('chronic-kidney-disease', 'Chronic kidney disease'),
  group('depression', 'Depression'),
  group('arthritis', 'Arthritis'),
]
