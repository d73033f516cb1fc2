import { newId } from '@carecommons/kernel'
import { fullestChart } from './charts.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, falls, goTo, numbersIn, once, rises, stands } from './steps.ts'

describeInBrowser('The coordinating body', (walk) => {
  test(
    'sees how the practices stand, drawn and as a table, and sorts the comparison',
    walk({ as: 'regionAdministrator' }, async ({ page }) => {
      await stands(page, 'Overview')
      expect(await page.getByRole('main').innerText()).toMatch(/3 practices, \d+ people counted once, 6 payers\./)
      const funnels = page.getByRole('region', { name: 'Practices against the region' })
      expect(await funnels.getByRole('img').count()).toBe(11)
      await funnels.getByRole('button', { name: 'Show as table' }).click()
      const told = await funnels.locator('tbody').getByRole('row').count()
      // Of the smaller practices some count ten people or fewer.
      expect(told).toBeGreaterThan(11)

      // A small practice may have nobody in a measure.
      const table = page.getByRole('table', { name: 'Practices', exact: true })
      expect((await cellsOf(table)).flat().filter((cell) => cell.endsWith('%'))).toHaveLength(told)
      const sort = async (head: string, direction: 'ascending' | 'descending') => {
        const column = table.getByRole('columnheader', { name: head })
        await column.getByRole('button').click()
        await column.and(page.locator(`[aria-sort=${direction}]`)).waitFor()
      }
      // Those furthest on the wrong side first.
      await sort('poor glycemic control', 'descending')
      await columnOnce(table, 'Diabetes', (all) => all.length === 3 && falls(numbersIn(all)))
      await sort('blood pressure control', 'ascending')
      await columnOnce(table, 'Hypertension', (all) => rises(numbersIn(all)))
      await sort('Charts', 'descending')
      await columnOnce(table, 'Charts', (all) => falls(numbersIn(all)))
      await sort('Practice', 'ascending')
      await columnOnce(table, 'Practice', (names) => names.join() === names.toSorted().join())
    }),
  )

  test(
    'starts a run and watches it until its figures are published, without loading the page anew',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const year = String(new Date().getFullYear() - 2)
      await stands(page, 'Overview')
      await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
      await goTo(page, 'Runs')
      await page.getByRole('main').getByRole('button', { name: 'Start a run' }).click()
      const dialog = page.getByRole('dialog', { name: 'Start a run' })
      await dialog.getByLabel('Period').selectOption(year)
      await dialog.getByRole('button', { name: 'Start a run' }).click()
      await dialog.waitFor({ state: 'detached' })

      const panel = page.getByRole('complementary', { name: `Run of ${year}` })
      const bar = panel.getByRole('progressbar', { name: 'Charts read' })
      await bar.waitFor()
      await page.getByRole('status').getByText('1 run is working now.').waitFor()
      await region.work()
      await panel.getByText('Published', { exact: true }).waitFor({ timeout: 90_000 })
      await bar.waitFor({ state: 'detached' })
      const row = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: year })
      await row.getByRole('cell', { name: 'Published' }).waitFor()
      await page.getByRole('status').getByText(`The latest run, ${year}, is published.`).waitFor()

      await goTo(page, 'Overview')
      const periods = page.getByLabel('Period')
      await once(
        () => periods.getByRole('option').allInnerTexts(),
        (years) => years.includes(year),
      )
      await periods.selectOption(year)
      await page.getByRole('region', { name: 'Practices against the region' }).getByText(`${year}. Dashed: region.`).waitFor()
      expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true)
    }),
    150_000,
  )

  test(
    'has no page about a patient',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const { id } = await fullestChart(region, region.practiceIds[0])
      const seen: string[] = []
      for (const path of ['/no-such-page', '/registry', `/patients/${newId()}`, `/patients/${id}`, '/measures']) {
        await page.goto(path)
        await stands(page, 'No such page')
        seen.push(await page.locator('body').ariaSnapshot())
      }
      expect(new Set(seen).size).toBe(1)
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await palette.getByRole('combobox').fill('patient')
      await palette.getByText('Nothing fits.').waitFor()
    }),
  )
})
