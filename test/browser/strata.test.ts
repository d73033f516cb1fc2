import type { Locator } from 'playwright-core'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, stands } from './steps.ts'

const counted = (rows: readonly (readonly string[])[], column: number): number[] =>
  rows.map((cells) => Number(cells[column]!.replaceAll(',', '')))

async function tableOf(part: Locator): Promise<string[][]> {
  await part.getByRole('button', { name: 'Show as table' }).click()
  return cellsOf(part.getByRole('table'))
}

describeInBrowser('Figures within a measure', (walk) => {
  test(
    'a practice sees each measure by the groups agreed on, and they add up to everybody',
    walk({ as: 'clinician' }, async ({ page }) => {
      await stands(page, 'Home')
      await goTo(page, 'Measures')
      const within = page.getByRole('region', { name: 'Within a measure' })
      const title = await within.getByRole('option', { name: /blood pressure/i }).innerText()
      await within.getByLabel('Measure').selectOption(title)
      for (const name of ['By age', 'By administrative sex', 'By area']) {
        const part = within.getByRole('region', { name, exact: true })
        expect(await part.getByRole('img').count()).toBeGreaterThan(0)
        const [everybody, ...groups] = await tableOf(part)
        for (const column of [1, 2, 5, 6, 7, 8])
          expect(counted(groups, column).reduce((sum, one) => sum + one, 0)).toBe(counted([everybody!], column)[0])
      }
    }),
  )

  test(
    "the region's analyst sees the region and a practice by group, small ones not, and agrees on other groups",
    walk({ as: 'regionAnalyst' }, async ({ page, region }) => {
      await stands(page, 'Overview')
      // Of so few people a practice may show nothing at all; the region shows its large groups.
      const [place] = await region.sql<{ measure: string; practice: string }>(
        `select s.measure_id as measure, min(p.practice_id::text) as practice from shown_stratum s
           join shown_stratum p using (run_id, measure_id, dimension)
          where s.practice_id is null and p.practice_id is not null and p.counted is null and dimension = 'age'
          group by 1 having bool_or(s.counted is null) and bool_or(s.counted > 0) order by 1 limit 1`,
      )
      await page.goto(`/?within=${place!.measure}`)
      const within = page.getByRole('region', { name: 'Within a measure' })
      await within.getByText(/As the last run left it/).waitFor()
      const age = within.getByRole('region', { name: 'By age', exact: true })
      await within.getByLabel('Practice').selectOption(place!.practice)
      await age.getByText(/groups? (is|are) not shown|Too few people to show groups/).waitFor()
      await within.getByLabel('Practice').selectOption('The region, everybody once')
      await age.getByText(/groups? (is|are) not shown/).waitFor()
      const rows = await tableOf(age)
      expect(rows.flat()).toContain('Not shown')
      for (const [, told] of rows.slice(1))
        if (told !== 'Not shown' && told !== '0') expect(Number(told!.replaceAll(',', ''))).toBeGreaterThan(10)

      await goTo(page, 'Measures')
      const agreement = page.getByRole('region', { name: 'Broken down by' })
      await agreement.getByText('age from 18, 40, 65, 75; administrative sex; area').waitFor()
      await agreement.getByRole('button', { name: 'Agree on groups' }).click()
      const dialog = page.getByRole('dialog', { name: 'Agree on groups' })
      await dialog.getByLabel('Agreed with').fill('Quality committee, 12 March')
      await dialog.getByLabel('Age bands begin at').fill('65, 18')
      await dialog.getByRole('button', { name: 'Agree on groups' }).click()
      await dialog.getByText('18 follows 65').waitFor()
      await dialog.getByLabel('Age bands begin at').fill('18, 65')
      await dialog.getByLabel(/^Area/).uncheck()
      await dialog.getByRole('button', { name: 'Agree on groups' }).click()
      await dialog.waitFor({ state: 'detached' })
      await agreement.getByText('age from 18, 65; administrative sex', { exact: true }).waitFor()
    }),
  )
})
