import { openCompiler } from '../index.ts'
import { starterPackages } from '../starter-packages.fixture.ts'

it('says which types, codes and elements a measure may touch', async () => {
  const pkg = (await starterPackages()).get('glycemic-control-poor')!
  const { requirements } = openCompiler().load(pkg)
  expect(requirements.map(({ type, path, codes }) => [type, path, codes?.length ?? null])).toEqual([
    ['Patient', null, null],
    ['Condition', 'code', 335],
    ['Encounter', 'class', 3],
    ['Encounter', 'type', 12],
    ['Procedure', 'code', 12],
    ['ServiceRequest', 'code', 12],
    ['Observation', 'code', 5],
  ])
  const elements = Object.fromEntries(requirements.map(({ type, elements }) => [type, elements]))
  expect(elements.Patient).toEqual(['birthDate', 'deceased'])
  expect(elements.Encounter).toEqual(['period', 'status'])
  const dates = requirements.flatMap(({ type, dates }) => (dates ? [[type, dates.map(({ paths }) => paths.join())]] : []))
  expect(dates).toContainEqual(['Observation', ['effective']])
  expect(elements.Observation).toEqual(['effective', 'status', 'value'])
}, 120_000)
