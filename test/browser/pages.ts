import type { Page } from 'playwright-core'
import type { DemoRegion, Somebody } from '../support/region.ts'
import { fullestChart } from './charts.ts'
import { stands } from './steps.ts'

interface PageOfTheApp {
  readonly name: string
  /** Nobody is signed in at the sign-in page. */
  readonly as?: Somebody
  /** Arrives at it, from wherever the browser is. */
  arrive(page: Page, region: DemoRegion): Promise<void>
}

const at = (path: string, title: string) => async (page: Page): Promise<void> => {
  await page.goto(path)
  await stands(page, title)
}

/** Every page there is, and every sheet and panel that covers one. */
export const everyPage: readonly PageOfTheApp[] = [
  { name: 'sign-in', arrive: at('/', 'Sign in') },
  { name: 'home', as: 'clinician', arrive: at('/', 'Home') },
  { name: 'registry', as: 'clinician', arrive: at('/registry', 'Registry') },
  {
    name: 'registry with a chart beside it',
    as: 'clinician',
    async arrive(page, region) {
      const { id } = await fullestChart(region, region.practiceIds[0])
      await at(`/registry?open=${id}`, 'Registry')(page)
      await page.getByRole('complementary').getByRole('heading', { name: 'Problems' }).waitFor()
    },
  },
  {
    name: 'patient',
    as: 'clinician',
    async arrive(page, region) {
      const { id, family, given } = await fullestChart(region, region.practiceIds[0])
      await at(`/patients/${id}`, `${family}, ${given}`)(page)
    },
  },
  { name: 'measures', as: 'practiceAdministrator', arrive: at('/measures', 'Measures') },
  {
    name: 'command palette',
    as: 'clinician',
    async arrive(page) {
      await at('/', 'Home')(page)
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'overview', as: 'regionAdministrator', arrive: at('/', 'Overview') },
  { name: 'runs', as: 'regionAdministrator', arrive: at('/runs', 'Runs') },
  {
    name: 'run',
    as: 'regionAdministrator',
    async arrive(page, region) {
      const [run] = await region.sql<{ id: string }>('select id from metric_run')
      await at(`/runs?open=${run!.id}`, 'Runs')(page)
      await page.getByRole('complementary').getByRole('heading', { name: 'Measures' }).waitFor()
    },
  },
  {
    name: 'start a run',
    as: 'regionAdministrator',
    async arrive(page) {
      await at('/runs?start=1', 'Runs')(page)
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'performance', as: 'payerAnalyst', arrive: at('/', 'Performance') },
  { name: 'no such page', as: 'payerAnalyst', arrive: at('/no-such-page', 'No such page') },
]
