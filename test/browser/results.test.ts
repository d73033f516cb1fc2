import { drawnIn } from './measured.ts'
import { plantCases } from './planted-cases.ts'
import { plantMonths } from './planted-months.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, stands } from './steps.ts'

describeInBrowser('Progress', (walk) => {
  test(
    'a clinician sees whether the practice is better than a year ago, what stands out, and who is behind a figure',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await stands(page, 'Home')
      await goTo(page, 'Progress')
      await page.getByText('The last two years are being worked out').waitFor()
      await plantMonths(region)
      await page.reload()
      await page.getByText(/^Of \d+ measures, against a year ago you are /).waitFor()
      await page.getByText(/of \d+ gaps open when \w+ \d+ began were closed at its end\./).waitFor()
      await page.getByRole('img', { name: /^Gaps closed each month: .*marked\.$/ }).waitFor()
      await page.getByRole('listitem').filter({ hasText: 'outside the limits' }).first().waitFor()

      const closing = page.getByRole('region', { name: 'Gaps closed each month' })
      await closing.getByRole('button', { name: 'Show as table' }).press('Enter')
      const [newest] = await cellsOf(closing.getByRole('table'))
      expect(newest![4]).toContain('outside the limits')

      const months = page.getByRole('region', { name: 'Measure by measure, over two years' })
      process.stdout.write(`two years of 11 measures are drawn in ${await drawnIn(months)} ms\n`)

      const details = page.getByText('About this figure').first()
      await details.press('Enter')
      await page
        .getByText(/^Version .*, package [0-9a-f]{12}, engine .*, data up to step \d+$/)
        .first()
        .waitFor()
      const behind = page.getByRole('link', { name: /^See the \d+ (person|people) with an open gap$/ }).first()
      const people = Number(/\d+/.exec((await behind.textContent())!)![0])
      await behind.press('Enter')
      await stands(page, 'Registry')
      await page.getByText(new RegExp(`^${people} patients?\\b`)).waitFor()
    }),
  )

  test(
    'a number of a clinician’s open gaps leads to those people, and the name stays out of the address',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await plantMonths(region)
      await page.goto('/results')
      const gap = page.getByRole('region', { name: 'Open gaps by clinician' }).getByRole('link').first()
      const name = (await gap.textContent())!
      const people = Number(/^\d+/.exec(name)![0])
      await gap.press('Enter')
      await stands(page, 'Registry')
      await page.getByText(new RegExp(`^${people} patients?\\b`)).waitFor()
      expect(decodeURIComponent(page.url())).not.toContain(/: (.*?),/.exec(name)![1]!)
    }),
  )

  test(
    'a clinician sees what care managers do for the practice, and goes to whom one of them leads',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await plantCases(region)
      await page.goto('/results')
      const work = page.getByRole('region', { name: 'Care managers’ work' })
      await work.getByRole('link', { name: 'Carey Manager' }).waitFor()
      const rows = await cellsOf(work.getByRole('table'))
      expect(rows.map(([lead, people]) => [lead, people])).toEqual([
        ['Nobody yet', '3'],
        ['Carey Manager', '6'],
      ])
      for (const [, , contacts, gaps, overdue] of rows) {
        expect(contacts).toMatch(/^(0|\d+ with \d+ (person|people))$/)
        for (const figure of [gaps, overdue]) expect(figure).toMatch(/^\d+$/)
      }
      await work.getByRole('link', { name: 'Carey Manager' }).press('Enter')
      await stands(page, 'Caseload')
    }),
  )

  test(
    'somebody writes down what they try, it stands in its chart, and once shared the region and others read it',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await plantMonths(region)
      await page.goto('/results')
      const tried = page.getByRole('region', { name: 'What you try' })
      await tried.getByText('Nothing is being tried yet').waitFor()
      await tried.getByRole('button', { name: 'Try something' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Try something' })
      await dialog.getByLabel('Measure').selectOption({ label: 'Hypertension: blood pressure control' })
      await dialog.getByLabel('Aim').fill('Pressure taken at home')
      await dialog.getByLabel('What you do otherwise').fill('Everybody with two high readings gets a cuff to take home')
      const begun = new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10)
      await dialog.getByLabel('Since').fill(begun)
      await dialog.getByRole('button', { name: 'Save' }).press('Enter')
      await dialog.waitFor({ state: 'detached' })
      await tried.getByRole('heading', { name: 'Pressure taken at home' }).waitFor()
      await tried.getByText(/\d+% in the year before, \d+% since: .* points? \(95% interval .*\).* still in both years/).waitFor()
      const tile = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Hypertension: blood pressure control' }) })
      await tile
        .getByRole('listitem')
        .getByText(/^\d+ \w+( \d+)?: Pressure taken at home$/)
        .waitFor()

      await tried.getByRole('button', { name: 'Change: Pressure taken at home' }).press('Enter')
      const change = page.getByRole('dialog', { name: 'Change: Pressure taken at home' })
      await change.getByLabel('What came of it').fill('Half of the cuffs came back with a diary')
      await change.getByLabel('Let the other practices and the region read it').check()
      await change.getByRole('button', { name: 'Save' }).press('Enter')
      await change.waitFor({ state: 'detached' })
      await tried.getByText('others read it').waitFor()
      const playbooks = page.getByRole('region', { name: 'Playbooks of the region' })
      await playbooks.getByText('Half of the cuffs came back with a diary').waitFor()
    }),
  )
})
