import type { Page } from 'playwright-core'
import { fullestChart } from './charts.ts'
import { describeInBrowser } from './stage.ts'
import { columnOnce, goTo, stands } from './steps.ts'
const heads = (page: Page): Promise<string[]> => page.getByRole('table', { name: 'Registry' }).getByRole('columnheader').allInnerTexts()

describeInBrowser('Roles that read a part of a chart', (walk) => {
  test(
    'the front desk finds people by birth date and telephone, and reads nothing of their health',
    walk({ as: 'frontDesk' }, async ({ page, region }) => {
      const { id, family, given } = await fullestChart(region, region.practiceIds[0])
      await stands(page, 'Registry')
      expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual(['Registry', 'Huddle'])
      const table = page.getByRole('table', { name: 'Registry' })
      await columnOnce(table, 'Telephone', (numbers) => numbers.length > 50)
      expect((await heads(page)).join(' ')).not.toMatch(/Conditions|HbA1c|Blood pressure|PHQ|gaps/)
      expect(await page.getByRole('combobox').count()).toBe(0)

      await page.getByLabel('Search patients').fill(`${family} ${given.slice(0, 3)}`)
      await columnOnce(table, 'Patient', (names) => names.length === 1)
      await table.getByRole('link').click()
      const panel = page.getByRole('complementary', { name: family })
      await panel.getByText('Phone').waitFor()
      expect(await panel.getByText(/Problems|Medicines|Open gaps/).count()).toBe(0)
      await panel.getByRole('link', { name: 'Open the whole chart' }).click()
      await page.getByRole('region', { name: 'Coverage' }).waitFor()
      expect(await page.getByRole('main').innerText()).not.toMatch(/Problems|Medicines|HbA1c|Visits/)

      await page.goto('/registry?sort=A1C')
      await table.waitFor()
      await columnOnce(table, 'Patient', (names) => names.length > 50)
      await page.goto('/measures')
      await stands(page, 'No such page')
      await page.goto(`/patients/${id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`)
      await page.getByText('This chart is not here').waitFor()
    }),
  )

  test(
    'the quality lead reads values without telephone, address or record number',
    walk({ as: 'qualityLead' }, async ({ page, region }) => {
      const { id, recordNumber } = await fullestChart(region, region.practiceIds[0])
      await goTo(page, 'Registry')
      const table = page.getByRole('table', { name: 'Registry' })
      await columnOnce(table, 'HbA1c', (values) => values.length > 50)
      expect((await heads(page)).join(' ')).not.toMatch(/Record number|Telephone/)
      await page.goto(`/patients/${id}`)
      await page.getByRole('heading', { name: 'Problems' }).waitFor()
      const chart = await page.getByRole('main').innerText()
      expect(chart).not.toContain(recordNumber)
      expect(chart).not.toMatch(/Phone|Address|Record number|Coverage/)
    }),
  )

  test(
    'a patient reads the own chart and no other',
    walk({}, async ({ page, region }) => {
      const { id, family } = await fullestChart(region, region.practiceIds[0])
      await region.sql(`update membership set patient_id = $1 where role = 'patient'`, [id])
      const { email, password } = region.users.patient
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { level: 1, name: family }).waitFor()
      await page.getByRole('heading', { name: 'Problems' }).waitFor()
      await page.getByRole('region', { name: 'Disclosures' }).waitFor()
      const [other] = await region.sql<{ id: string }>('select id from patient where practice_id = $1 and id <> $2 limit 1', [
        region.practiceIds[0],
        id,
      ])
      await page.goto(`/patients/${other!.id}`)
      await page.getByText('This chart is not here').waitFor()
      await page.goto('/registry')
      await stands(page, 'No such page')
    }),
  )

  test(
    'a care manager without an assignment is told so, and has the patients of a practice from the moment there is one',
    walk({ as: 'careManager' }, async ({ page, region }) => {
      await page.getByText('No practice is assigned to you yet').waitFor()
      await region.sql(
        `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at)
         select uuidv7(), m.id, $1, 'assignment', '2020-01-01', now() from membership m where m.role = 'care-manager'`,
        [region.practiceIds[1]],
      )
      await page.reload()
      const table = page.getByRole('table', { name: 'Registry' })
      await table.waitFor()
      await columnOnce(table, 'Patient', (names) => names.length > 20)
      const { id } = await fullestChart(region, region.practiceIds[0])
      await page.goto(`/patients/${id}`)
      await page.getByText('This chart is not here').waitFor()
    }),
  )
})
