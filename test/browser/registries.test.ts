import { plantRegistry } from './planted-registry.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, stands } from './steps.ts'

describeInBrowser('Registries', (walk) => {
  test(
    'a clinician sees how many are in one, who came and went, what it means, and goes from it to its people and to why',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await plantRegistry(region)
      await stands(page, 'Home')
      await goTo(page, 'Registries')
      const [row] = await cellsOf(page.getByRole('table', { name: 'Who is in each registry' }))
      const people = Number(row![1])
      expect(row!.slice(0, 6)).toEqual(['Diabetes', String(people), '1', '1', '1', '1'])
      expect(people).toBeGreaterThan(5)
      await page.getByText(`Diabetes is the largest, with ${people} people.`).waitFor()
      await page.getByRole('img', { name: /Diabetes: \d+ at first, \d+ now/ }).waitFor()
      await page.getByText('Definition in CQL').click()
      await page.getByText("library DiabetesRegistry version '1.0.0'").waitFor()

      await page.getByRole('link', { name: 'Diabetes', exact: true }).click()
      await stands(page, 'Registry')
      await page.getByText(`${people} patients fit`).waitFor()
      expect(await page.getByRole('combobox', { name: 'Registry', exact: true }).inputValue()).toBe('diabetes')
      const [stay] = await region.sql<{ id: string; family: string; given: string }>(
        `select p.id, p.family_name as family, p.given_name as given from registry_membership m join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
          where m.practice_id = $1 and m.entered_by = 'records' limit 1`,
        [region.practiceIds[0]],
      )
      await page.goto(`/patients/${stay!.id}`)
      await stands(page, `${stay!.family}, ${stay!.given}`)
      const part = page.getByRole('region', { name: 'Registries' })
      await part.getByText('Diabetes', { exact: true }).waitFor()
      await part.getByText(/^Came: Diabetes mellitus among the problems/).waitFor()
    }),
  )

  test(
    'the front desk finds no registries',
    walk({ as: 'frontDesk' }, async ({ page, region }) => {
      await plantRegistry(region)
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      expect(await page.getByRole('link', { name: 'Registries' }).count()).toBe(0)
    }),
  )
})
