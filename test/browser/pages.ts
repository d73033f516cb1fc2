import type { Page } from 'playwright-core'
import type { DemoRegion, Somebody } from '../support/region.ts'
import { fullestChart } from './charts.ts'
import { stands } from './steps.ts'

export interface Place {
  readonly name: string
  /** Goes there, from wherever the browser is, and waits until all of it is on screen. */
  arrive(page: Page, region: DemoRegion): Promise<void>
}

/** Every page there is, and every sheet and panel that covers one, by the person who meets it. */
export const everyPage: readonly { readonly as?: Somebody; readonly places: readonly Place[] }[] = [
  { places: [place('sign-in', '/', 'Sign in')] },
  {
    as: 'clinician',
    places: [
      place('home', '/', 'Home'),
      // A dozen rows are made as a hundred are.
      place('registry', '/registry?condition=diabetes', 'Registry'),
      {
        name: 'registry with a chart beside it',
        async arrive(page, region) {
          const { id } = await fullestChart(region, region.practiceIds[0])
          await open(page, `/registry?condition=diabetes&open=${id}`, 'Registry')
          await page.getByRole('complementary').getByRole('heading', { name: 'Problems' }).waitFor()
        },
      },
      {
        name: 'patient',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await open(page, `/patients/${id}`, `${family}, ${given}`)
        },
      },
      place('measures', '/measures', 'Measures'),
      place('account', '/account', 'Your account'),
      {
        name: 'command palette',
        async arrive(page) {
          await open(page, '/', 'Home')
          await page.keyboard.press('Control+k')
          await page.getByRole('dialog').waitFor()
        },
      },
    ],
  },
  {
    as: 'regionAdministrator',
    places: [
      place('overview', '/', 'Overview'),
      place('runs', '/runs', 'Runs'),
      place('practices', '/practices', 'Practices'),
      place('people', '/people', 'People'),
      place('payers', '/payers', 'Payers'),
      place('roles', '/roles', 'Roles'),
      place('care managers', '/care-managers', 'Care managers'),
      {
        name: 'one practice',
        async arrive(page, region) {
          const [practice] = await region.sql<{ id: string; name: string }>('select id, name from organization where id = $1', [
            region.practiceIds[0],
          ])
          await open(page, `/practices/${practice!.id}`, practice!.name)
        },
      },
      place('systems', '/systems', 'Systems'),
      {
        name: 'registering a system',
        async arrive(page) {
          await open(page, '/systems?register=1', 'Systems')
          await page.getByRole('dialog', { name: 'Register a system' }).waitFor()
        },
      },
      {
        name: 'run',
        async arrive(page, region) {
          const [run] = await region.sql<{ id: string }>('select id from metric_run')
          await open(page, `/runs?open=${run!.id}`, 'Runs')
          await page.getByRole('complementary').getByRole('heading', { name: 'Measures' }).waitFor()
        },
      },
      {
        name: 'start a run',
        async arrive(page) {
          await open(page, '/runs?start=1', 'Runs')
          await page.getByRole('dialog').waitFor()
        },
      },
    ],
  },
  { as: 'practiceAdministrator', places: [place('own people', '/people', 'People'), place('agreements', '/agreements', 'Agreements')] },
  { as: 'payerAnalyst', places: [place('performance', '/', 'Performance'), place('no such page', '/no-such-page', 'No such page')] },
]

function place(name: string, path: string, title: string): Place {
  return { name, arrive: (page) => open(page, path, title) }
}

async function open(page: Page, path: string, title: string): Promise<void> {
  await page.goto(path)
  await stands(page, title)
}
