import type { Hours } from './plan.ts'
import type { Problem } from './problem.ts'

/** What a plan breaks, read from the rules alone and not from what the solver was told. A plan that breaks anything is shown to nobody. */
export function brokenRules({ practices, staff, rules }: Problem, hours: readonly Hours[]): string[] {
  const broken: string[] = []
  for (const { staffId, practiceId, minutes, byNeed } of hours) {
    const person = staff.find(({ id }) => id === staffId)!
    const practice = practices.find(({ id }) => id === practiceId)!
    const pair = `${staffId} at ${practiceId}`
    if (rules.forbids.some((one) => one.staffId === staffId && one.practiceId === practiceId)) broken.push(`${pair}: forbidden`)
    const mayDo = (duty: string) => rules.scope[duty]?.find(({ discipline }) => discipline === person.discipline)
    const isLicensed = person.states.includes(practice.state)
    for (const { duty, language } of byNeed) {
      if (!mayDo(duty)) broken.push(`${pair}: ${duty} is out of scope`)
      if (mayDo(duty)?.needsLicense && !isLicensed) broken.push(`${pair}: no license for ${practice.state}`)
      if (language !== null && !person.languages.includes(language)) broken.push(`${pair}: does not speak ${language}`)
    }
    if (minutes !== byNeed.reduce((sum, one) => sum + one.minutes, 0) || minutes % rules.stepMinutes !== 0)
      broken.push(`${pair}: ${minutes} minutes`)
    const pin = rules.pins.find((one) => one.staffId === staffId && one.practiceId === practiceId)
    if (pin && pin.minutes !== null && pin.minutes !== minutes) broken.push(`${pair}: pinned for ${pin.minutes} minutes`)
    const own = practice.needs.filter(
      (need) =>
        mayDo(need.duty) &&
        (isLicensed || !mayDo(need.duty)!.needsLicense) &&
        (need.language === null || person.languages.includes(need.language)),
    )
    const wanted = own.reduce((sum, need) => sum + Math.ceil(need.minutes / rules.stepMinutes) * rules.stepMinutes, 0)
    if (minutes < Math.min(rules.minimumBlockMinutes, wanted)) broken.push(`${pair}: shorter than a block`)
  }
  for (const person of staff) {
    const own = hours.filter(({ staffId }) => staffId === person.id)
    const minutes = own.reduce((sum, one) => sum + one.minutes, 0)
    const travel = own.reduce((sum, one) => sum + (person.travelMinutes[one.practiceId] ?? 0), 0)
    if (minutes > person.availableMinutes) broken.push(`${person.id}: ${minutes} minutes of ${person.availableMinutes}`)
    if (travel > person.travelAllowance) broken.push(`${person.id}: ${travel} minutes on the road of ${person.travelAllowance}`)
    if (own.length > rules.maximumPractices) broken.push(`${person.id}: ${own.length} practices`)
    if (new Set(own.map(({ practiceId }) => practiceId)).size < own.length) broken.push(`${person.id}: a practice twice`)
  }
  for (const { id, needs } of practices)
    for (const need of needs) {
      const here = hours.filter(({ practiceId }) => practiceId === id).flatMap(({ byNeed }) => byNeed)
      const served = here.filter((one) => one.duty === need.duty && one.language === need.language)
      if (served.reduce((sum, one) => sum + one.minutes, 0) > Math.ceil(need.minutes / rules.stepMinutes) * rules.stepMinutes)
        broken.push(`${id}: more ${need.duty} than needed`)
    }
  for (const { staffId, practiceId } of rules.pins)
    if (!hours.some((one) => one.staffId === staffId && one.practiceId === practiceId))
      broken.push(`${staffId} at ${practiceId}: pinned and left out`)
  return broken
}
