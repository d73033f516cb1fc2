import { all, charts, eventDay, median, OPTIONS, patients, region, type Resource } from './sample-region.ts'

test('charts are as many as asked for, in practices of unequal size with two to five clinicians', () => {
  expect(charts).toHaveLength(OPTIONS.patients)
  expect(region.practices).toHaveLength(OPTIONS.practices)
  expect(region.practices.reduce((sum, practice) => sum + practice.patients, 0)).toBe(OPTIONS.patients)
  expect(new Set(region.practices.map((practice) => practice.slug)).size).toBe(OPTIONS.practices)
  for (const practice of region.practices) {
    expect(practice.clinicians.length).toBeGreaterThanOrEqual(2)
    expect(practice.clinicians.length).toBeLessThanOrEqual(5)
  }
})

test('care managers are shared: each serves several practices, every practice has one', () => {
  const served = region.careManagers.flatMap((manager) => manager.assignments.map((assignment) => assignment.practiceId))
  expect(served.toSorted()).toEqual(region.practices.map((practice) => practice.id).toSorted())
  for (const manager of region.careManagers) expect(manager.assignments.length).toBeGreaterThanOrEqual(2)
})

test('charts are long enough to be worth looking at', () => {
  const since = '2024-11-21'
  expect(median(charts.map((chart) => chart.lines.length))).toBeGreaterThanOrEqual(60)
  expect(median(charts.map((chart) => chart.resources.filter((one) => (eventDay(one) ?? '') >= since).length))).toBeGreaterThanOrEqual(20)
})

test('activity reaches through the current year up to the day', () => {
  const months = new Set(all.filter((one) => one.resourceType === 'Encounter').map((one) => eventDay(one)!.slice(0, 7)))
  for (let month = 1; month <= 11; month++) expect(months).toContain(`2026-${String(month).padStart(2, '0')}`)
})

test('common illnesses are as common as in a primary-care panel, and go together', () => {
  const adults = charts.filter((chart) => chart.resources[0]!.birthDate! <= '2008-11-21')
  const has = (chart: (typeof charts)[number], prefix: string) =>
    chart.resources.some(
      (one) =>
        one.resourceType === 'Condition' &&
        one.code!.coding[0]!.code.startsWith(prefix) &&
        one.category![0]!.coding[0]!.code === 'problem-list-item',
    )
  const share = (group: typeof charts, prefix: string) => group.filter((chart) => has(chart, prefix)).length / group.length
  const ranges: [string, number, number][] = [
    ['I10', 0.27, 0.44],
    ['E11', 0.08, 0.19],
    ['E66', 0.22, 0.38],
    ['F3', 0.08, 0.2],
    ['J45', 0.04, 0.13],
    ['F17', 0.07, 0.18],
    ['N18', 0.04, 0.14],
  ]
  for (const [prefix, low, high] of ranges) {
    expect([prefix, share(adults, prefix) > low, share(adults, prefix) < high]).toEqual([prefix, true, true])
  }
  const diabetic = adults.filter((chart) => has(chart, 'E11'))
  for (const prefix of ['I10', 'E66', 'N18']) expect(share(diabetic, prefix)).toBeGreaterThan(share(adults, prefix) * 1.2)
})

test('everybody has coverage; some pay for themselves; the largest payer covers about two in five', () => {
  const current = charts.map((chart) => chart.resources.findLast((one) => one.resourceType === 'Coverage')!.payor![0]!.reference)
  const uninsured = current.filter((reference) => reference.startsWith('Patient/')).length
  expect(uninsured / charts.length).toBeGreaterThan(0.02)
  const counts = Object.values(
    Object.groupBy(
      current.filter((reference) => reference.startsWith('Organization/')),
      (reference) => reference,
    ),
  ).map((group) => group!.length)
  expect(counts.length).toBe(region.payers.length)
  expect(Math.max(...counts) / charts.length).toBeGreaterThan(0.34)
  expect(Math.max(...counts) / charts.length).toBeLessThan(0.48)
})

test('coverage has neither gap nor overlap', () => {
  for (const { resources } of charts) {
    const spans = resources.filter((one) => one.resourceType === 'Coverage').map((one) => one.period!)
    for (const [i, span] of spans.entries()) {
      const next = spans[i + 1]
      if (next) expect(Date.parse(next.start) - Date.parse(span.end!)).toBe(86_400_000)
    }
  }
})

test('some humans are known to two practices: two charts, one human', () => {
  const numberOf = (patient: Resource, system: RegExp) => patient.identifier!.find((one) => system.test(one.system))!.value
  const humans = Object.values(Object.groupBy(patients, (patient) => numberOf(patient, /us-ssn/))).map((group) => group!)
  const twice = humans.filter((group) => group.length === 2)
  expect(humans.every((group) => group.length <= 2)).toBe(true)
  expect(twice.length / humans.length).toBeGreaterThan(0.02)
  expect(twice.length / humans.length).toBeLessThan(0.06)
  for (const [one, other] of twice) {
    expect(other!.name).toEqual(one!.name)
    expect(other!.birthDate).toBe(one!.birthDate)
    expect(other!.managingOrganization).not.toEqual(one!.managingOrganization)
  }
  const recordNumbers = patients.map((patient) => numberOf(patient, /record-number/))
  expect(new Set(recordNumbers).size).toBeLessThan(recordNumbers.length)
})

test('care management goes to people with two or more chronic conditions, whoever pays', () => {
  const plans = charts.filter((chart) => chart.resources.some((one) => one.resourceType === 'CarePlan'))
  expect(plans.length).toBeGreaterThan(20)
  for (const { resources } of plans) {
    const plan = resources.find((one) => one.resourceType === 'CarePlan')!
    expect((plan.addresses as unknown[]).length).toBeGreaterThanOrEqual(2)
    expect(resources.some((one) => one.resourceType === 'Encounter' && one.type![0]!.coding[0]!.code === 'T1016')).toBe(true)
  }
  const payers = new Set(
    plans.map((chart) => chart.resources.findLast((one) => one.resourceType === 'Coverage')!.payor![0]!.reference.split('/')[1]),
  )
  expect(payers.size).toBeGreaterThanOrEqual(3)
})
