import { plantStaff } from './planted-staff.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, stands } from './steps.ts'

/** What new work would meet is said while it is entered; afterwards each sees it in a calendar. */
describeInBrowser('Assigning a care manager', (walk) => {
  test(
    'the workforce manager is told of a clash before saving, mends it, and finds the work in the calendar',
    walk({ as: 'workforceManager' }, async ({ page, region }) => {
      const membership = await plantStaff(region)
      const names = await region.sql<{ name: string; city: string }>(
        'select name, city from organization where id = any ($1) order by array_position($1, id)',
        [region.practiceIds.slice(0, 2)],
      )
      await goTo(page, 'Care managers')
      await page.getByRole('button', { name: 'Assign to a practice' }).click()
      const dialog = page.getByRole('dialog', { name: 'Assign to a practice' })
      await dialog.getByLabel('Care manager', { exact: true }).selectOption({ label: 'Carey Manager' })
      await dialog.getByLabel('Practice', { exact: true }).selectOption({ label: names[1]!.name })
      await dialog.getByRole('button', { name: 'Add hours' }).click()
      await dialog.getByLabel('Hours 1 from').fill('11:00')
      await dialog.getByLabel('Hours 1 until').fill('15:00')
      await dialog.getByText(`Monday: at ${names[0]!.name} at the same time for 60 minutes`).waitFor()
      await dialog.getByLabel('Weekday of hours 1').selectOption('Tuesday')
      await dialog.getByText('at the same time').waitFor({ state: 'detached' })
      await dialog.getByText('Agreed on for a week: 8 h now, 12 h with this, of 32 h paid.').waitFor()
      await dialog.getByRole('button', { name: 'Assign to a practice' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.goto(`/workforce/${membership}`)
      const calendar = page.getByRole('table', { name: 'Calendar' })
      await calendar.getByText(names[1]!.name).first().waitFor()
      expect(await calendar.getByText('11:00–15:00').count()).toBeGreaterThan(0)
      await page.goto('/workforce')
      await page.getByRole('button', { name: 'Record a way' }).click()
      const way = page.getByRole('dialog', { name: 'Record a way' })
      await way.getByLabel('One town').fill('Riverton')
      await way.getByLabel('The other town').fill('Alderton')
      await way.getByLabel('Minutes').fill('25')
      await way.getByRole('button', { name: 'Record a way' }).click()
      await page.getByRole('table', { name: 'Travel between towns' }).getByText('Riverton').waitFor()
    }),
  )

  test(
    'the practice sees who is there on which day; a clinician finds no such page',
    walk({ as: 'practiceAdministrator' }, async ({ page }) => {
      await goTo(page, 'People')
      await page.getByRole('table', { name: 'Calendar' }).getByText('Carey Manager').first().waitFor()
      await page.goto('/workforce')
      await stands(page, 'No such page')
    }),
  )
})
