import type { Locator, Page } from 'playwright-core'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, stands } from './steps.ts'

/** Goes on with the tabulator until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.first().waitFor()
  for (let presses = 0; presses < 150; presses++) {
    if ((await wanted.first().and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The tabulator never comes to ${String(wanted)}`)
}

const NOTE_PRINTS = 'window.print = () => { window.printed = (window.printed ?? 0) + 1 }'

describeInBrowser('The huddle', (walk) => {
  test(
    'a clinician walks it with the keyboard alone: registry, who is overdue, a patient, why, onto the list, print',
    walk({ as: 'clinician' }, async ({ page }) => {
      await stands(page, 'Home')
      await page.evaluate(NOTE_PRINTS)
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type('Registry')
      await page.keyboard.press('Enter')
      await stands(page, 'Registry')

      const gap = page.getByRole('combobox', { name: 'Open gap' })
      await tabTo(page, gap)
      await gap.getByRole('option').nth(1).waitFor({ state: 'attached' })
      await page.keyboard.press('ArrowDown')
      await page.getByText(/patients? with an open gap/).waitFor()
      expect(await gap.inputValue()).not.toBe('')

      const table = page.getByRole('table', { name: 'Registry' })
      const first = table.locator('tbody').getByRole('link').first()
      await tabTo(page, first)
      const name = (await first.innerText()).split('\n')[0]!.trim()
      await page.keyboard.press('Enter')
      const whole = page.getByRole('link', { name: 'Open the whole chart' })
      await tabTo(page, whole)
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'Risk' }).waitFor()
      const family = name.split(',')[0]!
      await page.getByRole('heading', { level: 1, name: family }).waitFor()

      const why = page.locator('summary', { hasText: /^Why: \d+ record/ }).first()
      await tabTo(page, why)
      await page.keyboard.press('Enter')
      await page.locator('details[open] li').first().waitFor()

      // Above what was read: back up again.
      await page.keyboard.press('Control+Home')
      await page.evaluate('document.activeElement.blur()')
      await tabTo(page, page.getByRole('button', { name: 'Add to huddle' }))
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Add to the huddle' })
      await tabTo(page, dialog.getByRole('combobox', { name: 'Why' }))
      await page.keyboard.press('ArrowDown')
      await tabTo(page, dialog.getByRole('textbox', { name: 'In own words' }))
      await page.keyboard.type('Call before noon')
      await tabTo(page, dialog.getByRole('button', { name: 'Add to huddle' }))
      await page.keyboard.press('Enter')
      await tabTo(page, page.getByRole('link', { name: 'Open the huddle' }))
      await page.keyboard.press('Enter')

      await stands(page, 'Huddle')
      await page.getByText(/^1 person to talk about on/).waitFor()
      const [row] = await cellsOf(page.getByRole('table', { name: 'Who is talked about' }))
      expect(row![0]).toContain(family)
      expect(row![1]).toMatch(/^Got worse\s+Call before noon\s+added by /)
      await tabTo(page, page.getByRole('button', { name: 'Print this page' }))
      await page.keyboard.press('Enter')
      expect(await page.evaluate('window.printed')).toBe(1)
      const sheets = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g)
      expect(sheets).toHaveLength(1)

      await tabTo(page, page.getByRole('button', { name: /^Done: / }))
      await page.keyboard.press('Enter')
      await page.getByText(/, 1 done\.$/).waitFor()
      expect(await page.getByRole('button', { name: /^Done: / }).count()).toBe(0)
    }),
    90_000,
  )

  test(
    'whoever was left open comes onto the list of today; the front desk sees who is on it and nothing of why',
    walk({ as: 'frontDesk' }, async ({ page, region }) => {
      await region.sql('delete from huddle_entry')
      await region.sql(
        `insert into huddle_entry (id, practice_id, patient_id, day, reason, words, added_by, added_by_name, added_at)
         select uuidv7(), p.practice_id, p.id, current_date, 'worse', 'Secretly worse', uuidv7(), 'Dr. Gray', now() from patient p
          where p.practice_id = $1 order by p.id limit 1`,
        [region.practiceIds[0]],
      )
      await goTo(page, 'Huddle')
      await page.getByText(/^1 person to talk about on/).waitFor()
      expect(await page.getByRole('columnheader').allInnerTexts()).toEqual(['Patient', 'What came of it'])
      expect(await page.getByText('Secretly worse').count()).toBe(0)
      expect(await page.getByRole('button', { name: /^(Done|Carry over|Take off): / }).count()).toBe(0)
    }),
  )

  test(
    'a care manager carries over whom a practice left open',
    walk({ as: 'careManager' }, async ({ page, region }) => {
      await region.sql('delete from huddle_entry')
      await region.sql(
        `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at)
         select uuidv7(), m.id, $1, 'assignment', current_date - 30, now() from membership m where m.role = 'care-manager'`,
        [region.practiceIds[0]],
      )
      await page.reload()
      await region.sql(
        `insert into huddle_entry (id, practice_id, patient_id, day, reason, words, added_by, added_by_name, added_at)
         select uuidv7(), a.practice_id, (select id from patient p where p.practice_id = a.practice_id order by id limit 1), current_date - 3, 'nobody', '',
                uuidv7(), 'Dr. Gray', now()
           from care_assignment a where a.ended_at is null and a.practice_id = $1 limit 1`,
        [region.practiceIds[0]],
      )
      await goTo(page, 'Huddle')
      await page.getByText('Nobody is on this list yet').waitFor()
      const before = page.getByRole('region', { name: 'Left open before' })
      await before.getByRole('button', { name: /^Carry over: / }).click()
      await page.getByText(/^1 person to talk about on/).waitFor()
      const [row] = await cellsOf(page.getByRole('table', { name: 'Who is talked about' }))
      expect(row![1]).toMatch(/^Has nobody\s+added by .*, from /)
      expect(await before.count()).toBe(0)
    }),
  )
})
