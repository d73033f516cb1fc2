import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, stands } from './steps.ts'

describeInBrowser('Files of the registry', (walk) => {
  test(
    'a clinician has a file made of the list, sees it come, and takes it; of those chosen another; nobody is offered one of a search',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await region.work()
      await page.goto('/registry?condition=diabetes&columns=AGE,CONDITIONS')
      await stands(page, 'Registry')
      const table = page.getByRole('table', { name: 'Registry' })
      const people = await table.locator('tbody').getByRole('row').count()
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByRole('button', { name: 'As a table (CSV)' }).click()
      const whole = page.getByRole('link', { name: `Download the CSV file of ${people} patients` })
      const [download] = await Promise.all([page.waitForEvent('download'), whole.first().click()])
      const lines = await linesOf(await download.createReadStream())
      expect(lines[0]).toBe('chart,family_name,given_name,age,conditions,notice')
      expect(lines).toHaveLength(people + 1)

      await table.locator('tbody').getByRole('checkbox').nth(1).check()
      const name = (await cellsOf(table))[1]![1]!
      const bar = page.getByRole('toolbar', { name: 'With the people chosen' })
      await bar.getByRole('button', { name: 'Export' }).click()
      await page.getByText('The 1 patient chosen, with the columns shown.').waitFor()
      await page.getByRole('button', { name: 'For programs (NDJSON)' }).click()
      const one = page.getByRole('link', { name: 'Download the NDJSON file of 1 patient' }).first()
      const [second] = await Promise.all([page.waitForEvent('download'), one.click()])
      const [object] = await linesOf(await second.createReadStream())
      const { family_name: family, given_name: given } = JSON.parse(object!) as Record<string, string>
      expect(`${family}, ${given}`).toBe(name)

      await bar.getByRole('button', { name: 'Choose nobody' }).click()
      await page.getByLabel('Search patients').fill(family!)
      await page.getByRole('button', { name: 'Export' }).waitFor({ state: 'hidden' })
    }),
    60_000,
  )

  test(
    'the front desk is offered no file',
    walk({ as: 'frontDesk' }, async ({ page }) => {
      await goTo(page, 'Registry')
      await page.getByRole('button', { name: 'Columns' }).waitFor()
      expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0)
    }),
  )
})

async function linesOf(stream: AsyncIterable<unknown>): Promise<string[]> {
  let text = ''
  for await (const piece of stream) text += String(piece)
  return text.trim().split(/\r?\n/)
}
