import { drawnIn } from './measured.ts'
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
})
