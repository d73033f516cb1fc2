import type { Locator, Page } from 'playwright-core'
import { plantNurse } from './planted-staff.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, goTo, once, stands } from './steps.ts'

const people = (page: Page) => page.getByRole('table', { name: 'People in care management' })
const balance = (page: Page) => page.getByRole('table', { name: 'Who carries what' })
const rowsOnce = (table: Locator, count: number) =>
  once(
    () => cellsOf(table),
    (rows) => rows.length === count,
  )

/** From the practice's list to a lead: each test goes on where the one before ended. */
describeInBrowser('Caseload', (walk) => {
  test(
    'a clinician puts people of her list in care management, and sees them wait',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      const carey = await plantNurse(region, region.users.careManager.email)
      const dana = await plantNurse(region, region.users.careManagerOnLeave.email)
      await region.sql(`update membership set role = 'care-supervisor' where id = $1`, [dana])
      await region.sql(`update staff_member set supervisor_id = $1 where membership_id = $2`, [dana, carey])
      for (const who of [carey, dana])
        await region.sql(
          `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at) values (uuidv7(), $1, $2, 'assignment', '2020-01-01', now())`,
          [who, region.practiceIds[0]],
        )
      await goTo(page, 'Registry')
      const boxes = page.getByRole('table', { name: 'Registry' }).getByRole('checkbox')
      for (const row of [1, 2, 3]) await boxes.nth(row).check()
      await page.getByRole('button', { name: 'Care management…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Put 3 people in care management' })
      expect(await dialog.getByLabel('Lead').count()).toBe(0)
      await dialog.getByRole('button', { name: 'Put on the list' }).click()
      await page.getByText('3 people put on the list.').waitFor()
      await goTo(page, 'Caseload')
      await page.getByText('3 people in care management: 3 wait for a lead; nobody is overdue.').waitFor()
      expect((await rowsOnce(people(page), 3)).map((row) => row.includes('Nobody yet'))).toEqual([true, true, true])
      expect(await page.getByRole('button', { name: 'Give a lead…' }).count()).toBe(0)
    }),
  )

  test(
    'whoever allocates gives handles a lead after a look at what that moves; of two at once one is told what changed',
    walk({ as: 'workforceManager' }, async ({ page, newTab, region }) => {
      await goTo(page, 'Caseload')
      const rows = await rowsOnce(people(page), 3)
      const named = await region.sql<{ family_name: string }>(
        'select p.family_name from care_case c join patient p on p.practice_id = c.practice_id and p.id = c.patient_id',
      )
      expect(named.filter(({ family_name }) => JSON.stringify(rows).includes(family_name))).toEqual([])
      const other = await newTab()
      await other.goto('/caseload')
      const chooseAll = async (tab: Page, lead: string) => {
        await rowsOnce(people(tab), 3)
        // With the keyboard alone.
        await tab.getByRole('checkbox', { name: 'Choose all rows shown' }).focus()
        await tab.keyboard.press('Space')
        await tab.getByRole('button', { name: 'Give a lead…' }).focus()
        await tab.keyboard.press('Enter')
        const dialog = tab.getByRole('dialog', { name: 'Give 3 people a lead' })
        const option = await once(
          () => dialog.getByRole('option').allInnerTexts(),
          (texts) => texts.some((text) => text.startsWith(lead)),
        )
        await dialog.getByLabel('Lead').selectOption({ label: option.find((text) => text.startsWith(lead))! })
        await dialog.getByText(new RegExp(`^${lead} then carries`)).waitFor()
        return dialog
      }
      const first = await chooseAll(page, 'Carey Manager')
      const second = await chooseAll(other, 'Dana Leaver')
      await first.getByText(/: 3 people, \d+ points, first due/).waitFor()
      await first.getByRole('button', { name: 'Give 3 people' }).focus()
      await page.keyboard.press('Enter')
      await page.getByText('3 people now led by Carey Manager.').waitFor()
      await columnOnce(people(page), 'Lead', (names) => names.every((name) => name === 'Carey Manager'))
      await second.getByRole('button', { name: 'Give 3 people' }).click()
      await second.getByText('Nothing was moved: 3 were moved meanwhile, to Carey Manager.').waitFor()
      await columnOnce(people(other), 'Lead', (names) => names.length === 3 && names.every((name) => name === 'Carey Manager'))
      expect((await columnOnce(balance(page), 'People', ([count]) => count === '3')).slice(1).every((count) => count === '0')).toBe(true)
    }),
  )

  test(
    'a license that ended keeps new people away, and leaves what its holder leads in sight',
    walk({ as: 'workforceManager' }, async ({ page, region }) => {
      await region.sql(
        `update staff_credential set expires_on = '2020-01-01' where membership_id = (select id from membership where role = 'care-supervisor')`,
      )
      await goTo(page, 'Caseload')
      await columnOnce(balance(page), 'Note', (notes) => notes.some((note) => note.startsWith('license is past its end')))
      await rowsOnce(people(page), 3)
      await people(page).getByRole('checkbox').nth(1).check()
      await page.getByRole('button', { name: 'Give a lead…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Give 1 person a lead' })
      const options = await dialog.getByRole('option').allInnerTexts()
      await dialog.getByLabel('Lead').selectOption({ label: options.find((text) => text.startsWith('Dana'))! })
      await dialog.getByText('1 person cannot go there and stays:').waitFor()
      await dialog.getByText('1 person: license is past its end').waitFor()
      await dialog.getByRole('button', { name: 'Give 0 people' }).click()
      await dialog.getByText('Between 1 and 500 people are given a lead at once.').waitFor()
    }),
  )

  test(
    'a supervisor sees her team’s people by name',
    walk({ as: 'careManagerOnLeave' }, async ({ page }) => {
      await goTo(page, 'Caseload')
      await page.getByLabel('Show', { exact: true }).selectOption('My team’s')
      await rowsOnce(people(page), 3)
      await columnOnce(people(page), 'Patient', (names) => names.every((name) => name.includes(', ')))
    }),
  )

  test(
    'a care manager sees whom she leads, and closes one',
    walk({ as: 'careManager' }, async ({ page }) => {
      await goTo(page, 'Caseload')
      await rowsOnce(people(page), 3)
      await people(page)
        .getByRole('button', { name: /^Close: / })
        .first()
        .click()
      const dialog = page.getByRole('dialog', { name: /^Close: / })
      await dialog.getByLabel('Why').selectOption('They moved away')
      await dialog.locator('form').getByRole('button', { name: 'Close' }).click()
      await rowsOnce(people(page), 2)
    }),
  )

  test(
    'the front desk and another practice see none of it',
    walk({ as: 'frontDesk' }, async ({ page }) => {
      await page.goto('/caseload')
      await stands(page, 'No such page')
    }),
  )

  test(
    'another practice has nobody there',
    walk({ as: 'clinicianElsewhere' }, async ({ page }) => {
      await goTo(page, 'Caseload')
      await page.getByText('Nobody is in care management yet.').waitFor()
    }),
  )
})
