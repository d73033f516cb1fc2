import { describeInBrowser } from './stage.ts'
import { columnOnce, goTo, stands } from './steps.ts'

describeInBrowser('From a number to its reason', (walk) => {
  test(
    'a clinician goes from a measure to its people, from one of them to the records and clauses, and documents an exception',
    walk({ as: 'clinician' }, async ({ page }) => {
      await goTo(page, 'Measures')
      await page.getByText('What these figures were computed with').click()
      await page.getByRole('table', { name: 'What these figures were computed with' }).getByText('1.0.0').first().waitFor()
      const number = page
        .getByRole('table', { name: 'Who is counted' })
        .getByRole('link', { name: /: open gaps,/ })
        .first()
      const people = Number(await number.innerText())
      const title = (await number.getAttribute('aria-label'))!.replace(/^.*: open gaps, /, '')
      await number.click()
      await stands(page, 'Registry')
      const table = page.getByRole('table', { name: 'Registry' })
      await columnOnce(table, 'Patient', (names) => names.length === Math.min(people, 100))
      expect(await page.getByRole('status').innerText()).toMatch(new RegExp(`^${people} patients?: open gaps, `))

      await table.getByRole('link').first().click()
      const panel = page.getByRole('complementary')
      await panel.getByRole('link', { name: `Why: ${title}` }).click()
      await page.getByRole('region', { name: 'The logic, step by step' }).waitFor()
      await page.getByRole('region', { name: 'What keeps the gap open' }).getByRole('listitem').first().waitFor()
      expect(await page.getByRole('main').innerText()).toContain(`${title}, 20`)
      const logic = page.getByRole('region', { name: 'The logic, step by step' })
      expect(await logic.innerText()).toMatch(/Denominator: yes/)
      // Records are called by their names, which lead to what the page tells of them.
      expect(await logic.innerText()).not.toMatch(/[A-Z]\w+\/[0-9a-f]{8}-/)
      await logic.getByRole('link').first().click()
      expect(await page.locator('tr :target').count()).toBe(1)

      await page.getByRole('link', { name: 'Open the whole chart' }).click()
      const gaps = page.getByRole('region', { name: 'Gaps' })
      await gaps.getByRole('button', { name: 'Document an exception' }).first().waitFor()
      const documents = await gaps.getByRole('button', { name: 'Document an exception' }).count()
      await gaps.getByRole('button', { name: 'Document an exception' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('In your words').fill('Prefers to wait until the autumn.')
      await dialog.getByRole('button', { name: 'Document an exception' }).click()
      await dialog.waitFor({ state: 'detached' })
      await gaps.getByText('Prefers to wait until the autumn.').waitFor()
      expect(await gaps.getByRole('button', { name: 'Document an exception' }).count()).toBe(documents - 1)
      await gaps.getByRole('button', { name: 'Withdraw' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
      await gaps.getByText('Prefers to wait until the autumn.').waitFor({ state: 'detached' })
    }),
  )

  test(
    'the coordinating body finds numbers and no way to a person',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const [chart] = await region.sql<{ id: string }>('select id from patient limit 1')
      await page.goto(`/patients/${chart!.id}/why/blood-pressure-control`)
      await page.getByRole('heading', { level: 1, name: 'No such page' }).waitFor()
    }),
  )
})
