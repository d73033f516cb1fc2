import { plantComparison, plantRegistry } from './planted-registry.ts'
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
    'the analyst of the region puts another version in force, retires the registry, and practices find it no more',
    walk({ as: 'regionAnalyst' }, async ({ page, region }) => {
      await plantRegistry(region)
      await page.goto('/registries')
      const definitions = page.getByRole('region', { name: 'Definitions' })
      const agreed = page.getByRole('region', { name: 'Agreed on' })
      await definitions.getByRole('button', { name: 'Activate Diabetes 1.1.0' }).press('Enter')
      const activating = page.getByRole('dialog', { name: 'Activate Diabetes 1.1.0' })
      await activating.getByText('Definition in CQL').click()
      await activating.getByText("library DiabetesRegistry version '1.1.0'").waitFor()
      await activating.getByLabel('Agreed with').fill('Quality committee, 12 March')
      await activating.getByRole('button', { name: 'Activate' }).press('Enter')
      await activating.waitFor({ state: 'detached' })
      await agreed.getByText('Quality committee, 12 March').waitFor()
      await definitions.getByRole('button', { name: 'Activate Diabetes 1.0.0' }).waitFor()

      await definitions.getByRole('button', { name: 'Retire Diabetes' }).press('Enter')
      const retiring = page.getByRole('dialog', { name: 'Retire Diabetes' })
      await retiring.getByLabel('Agreed with').fill('Board, 20 March')
      await retiring.getByRole('button', { name: 'Retire' }).press('Enter')
      await retiring.waitFor({ state: 'detached' })
      await page.getByText('No registry is in force').waitFor()
      const gone = page.getByRole('region', { name: 'No longer counted' })
      await gone.getByText('Board, 20 March').waitFor()
      await definitions.getByRole('button', { name: 'Activate Diabetes 1.0.0' }).waitFor()
      await region.sql(`delete from registry_term where agreed_with in ('Quality committee, 12 March', 'Board, 20 March')`)
    }),
  )

  test(
    'the analyst has a version compared before it is put in force, and meets counts and clauses alone',
    walk({ as: 'regionAnalyst' }, async ({ page, region }) => {
      await plantRegistry(region)
      await page.goto('/registries')
      const definitions = page.getByRole('region', { name: 'Definitions' })
      await definitions.getByRole('button', { name: 'Activate Diabetes 1.1.0' }).press('Enter')
      const activating = page.getByRole('dialog', { name: 'Activate Diabetes 1.1.0' })
      await activating.getByText('Nobody has looked who would come in').waitFor()
      await page.keyboard.press('Escape')

      await definitions.getByRole('button', { name: 'Compare Diabetes 1.1.0' }).press('Enter')
      const comparing = page.getByRole('dialog', { name: 'Compare Diabetes 1.1.0' })
      await comparing.getByRole('button', { name: 'Compare' }).press('Enter')
      await comparing.waitFor({ state: 'detached' })
      const moves = page.getByRole('region', { name: 'Who would move' })
      await moves.getByText('0 of 0 charts').waitFor()
      await plantComparison(region)
      await page.reload()
      await moves.getByText('In all practices about 120 would come in, about 40 would leave and about 1,310 would stay').waitFor()
      await moves.getByText('About 40 leave: "Diabetes mellitus among the problems" no longer holds').waitFor()
      const rows = await cellsOf(moves.getByRole('table'))
      expect(rows.length).toBeGreaterThan(1)
      for (const cells of rows) expect(cells.slice(2)).toEqual(['10 or fewer', '120'])
      expect(await moves.getByRole('link').count()).toBe(0)
      await definitions.getByRole('button', { name: 'Activate Diabetes 1.1.0' }).press('Enter')
      await activating.getByText('about 120 would come in').waitFor()
    }),
  )

  test(
    'a clinician finds by name who would leave if the region changed a registry',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await plantRegistry(region)
      await plantComparison(region)
      await page.goto('/registries')
      const moving = page.getByRole('region', { name: 'If Diabetes changes' })
      await moving.getByRole('link').first().waitFor()
      const [row] = await cellsOf(moving.getByRole('table'))
      expect(row!.slice(1)).toEqual(['leave', '"Diabetes mellitus among the problems" no longer holds'])
      await moving.getByRole('link').first().press('Enter')
      await stands(page, row![0]!)
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
