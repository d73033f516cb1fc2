import type { Page } from 'playwright-core'
import { plantStaff, plantTiers } from './planted-staff.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, once, stands } from './steps.ts'

const figures = (page: Page) => cellsOf(page.getByRole('table', { name: 'What this rests on' }))
const practices = (page: Page) => cellsOf(page.getByRole('table', { name: 'By practice, this month' }))

/** Is there enough of the shared staff, and what does a practice get: each test goes on where the one before ended. */
describeInBrowser('Need and capacity', (walk) => {
  let share: readonly string[] = []

  test(
    'the workforce manager sees what is short, supposes two people more, and records a target',
    walk({ as: 'workforceManager' }, async ({ page, region }) => {
      await plantStaff(region)
      await plantTiers(region)
      await goTo(page, 'Need and capacity')
      await page.getByText(/^This month: [\d,]+ h needed, [\d,]+ h there for patients: [\d,]+ h (short|to spare)\.$/).waitFor()
      const before = await practices(page)
      expect(before).toHaveLength(3)
      await page.getByRole('button', { name: 'Show as table' }).click()
      expect(await cellsOf(page.getByRole('table', { name: 'Twelve months' }))).toHaveLength(12)

      await page.getByLabel('People of full time, more or fewer').fill('2')
      await page.getByRole('button', { name: 'Show what would be' }).click()
      await page.getByText(/^Supposed, this month: /).waitFor()
      expect(await practices(page)).not.toEqual(before)
      await page.getByRole('button', { name: 'Back to what is' }).click()
      await once(
        () => practices(page),
        (rows) => JSON.stringify(rows) === JSON.stringify(before),
      )
      expect(await region.sql(`select 1 from planning_figure where recorded_by is not null`)).toEqual([])

      const costs = await cellsOf(page.getByRole('table', { name: 'Cost of this month, by rule' }))
      const cents = (text: string): number => Number(text.replace(/[$,.]/g, ''))
      for (const column of [1, 2, 3, 4, 5])
        expect(costs.slice(0, -1).reduce((sum, row) => sum + cents(row[column]!), 0)).toBe(cents(costs.at(-1)![column]!))
      await page.getByRole('button', { name: `${before[0]![0]}, by need` }).click()
      const divisions = page.getByRole('dialog', { name: `${before[0]![0]}, by need` })
      await divisions.getByText(`Together ${costs[0]![4]}.`).waitFor()
      await divisions.getByRole('button', { name: 'Close' }).click()

      await page.getByRole('button', { name: 'Change a figure' }).click()
      const dialog = page.getByRole('dialog', { name: 'Change a figure' })
      await dialog.getByLabel('Figure').selectOption({ label: 'People that entitle a practice to one team' })
      await dialog.getByLabel('Value').fill('0')
      await dialog.getByLabel('Rests on').fill('Agreed by the board')
      await dialog.getByRole('button', { name: 'Change a figure' }).click()
      await dialog.getByText('This figure is in people and takes 1 to 100,000.').waitFor()
      await dialog.getByLabel('Value').fill('4000')
      await dialog.getByRole('button', { name: 'Change a figure' }).click()
      await dialog.waitFor({ state: 'detached' })
      await once(
        () => figures(page),
        (rows) =>
          rows.some(([name, value, , source]) => name!.startsWith('People that') && value === '4,000' && source === 'Agreed by the board'),
      )
      const [first] = await region.sql<{ name: string }>('select name from organization where id = $1', [region.practiceIds[0]])
      share = (await practices(page)).find(([name]) => name === first!.name)!
      await page.goto('/staff-share')
      await stands(page, 'No such page')
    }),
  )

  test(
    'a practice sees its own share, the same numbers, why, and no other practice',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await goTo(page, 'Our share of staff')
      await page.getByText(/^Your share this month is /).waitFor()
      const [now] = await cellsOf(page.getByRole('table', { name: 'Twelve months' }))
      expect(now!.slice(1)).toEqual(share.slice(6))
      const reason = await cellsOf(page.getByRole('table', { name: 'Why this much' }))
      expect(reason.at(-1)!.at(-1)).toBe(now![1])
      const others = await region.sql<{ name: string }>(`select name from organization where kind = 'practice' and id <> $1`, [
        region.practiceIds[0],
      ])
      const said = await page.getByRole('main').innerText()
      for (const { name } of others) expect(said).not.toContain(name)
      expect(await page.getByRole('button', { name: 'Change a figure' }).count()).toBe(0)
      await page.goto('/staff-need')
      await stands(page, 'No such page')
    }),
  )

  test(
    'the front desk finds no such page',
    walk({ as: 'frontDesk' }, async ({ page }) => {
      await page.goto('/staff-share')
      await stands(page, 'No such page')
    }),
  )
})
