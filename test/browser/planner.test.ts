import type { Page } from 'playwright-core'
import { plantNurse, plantStaff, plantTiers } from './planted-staff.ts'
import { describeInBrowser } from './stage.ts'
import { violationsOn } from './violations.ts'
import { cellsOf, goTo, once, stands } from './steps.ts'

const grid = (page: Page) => page.getByRole('table', { name: 'Practices and people' })
const ready = (page: Page) =>
  page.getByText(/^The plan gives [\d.,]+ h of the [\d.,]+ h needed a week; every practice gets at least \d+% of its need\.$/)
const propose = async (page: Page, places: number) => {
  await page.getByRole('button', { name: 'Work out a plan' }).click()
  await page.getByLabel('On screen').locator('option').nth(places).waitFor({ state: 'attached' })
  await ready(page).waitFor({ timeout: 60_000 })
}

/** Who should serve which practice: each test goes on where the one before ended. */
describeInBrowser('Planner', (walk) => {
  test(
    'the workforce manager has a plan worked out, reads why, pins and rules out with the keyboard, and compares two',
    walk({ as: 'workforceManager' }, async ({ page, region }) => {
      await plantStaff(region)
      await plantNurse(region, region.users.careManagerOnLeave.email)
      await region.work()
      await plantTiers(region)
      const before = await region.sql('select id, hours, ended_at from care_assignment order by id')
      await goTo(page, 'Planner')
      await page.getByText('Hours of a week as they are agreed now.', { exact: false }).waitFor()
      expect(await cellsOf(grid(page))).toHaveLength(4)
      await propose(page, 1)
      const planned = await cellsOf(grid(page))
      expect(planned.flat().some((cell) => cell.includes('→'))).toBe(true)
      await page.getByText(/^No plan is better by these rules|^Not proven to be the best/).waitFor()
      expect((await cellsOf(page.getByRole('table', { name: 'What each rule costs' }))).map(([rule]) => rule)).toContain('licenses')

      // By keyboard alone: open one who is in the plan, read why, rule them out.
      const cells = grid(page).getByRole('button', { name: /, [1-9][\d.]* h in the plan$/ })
      const [, pair] = /^(.* at .*): /.exec((await cells.first().getAttribute('aria-label'))!)!
      await cells.first().focus()
      await page.keyboard.press('Enter')
      const sheet = page.getByRole('dialog', { name: pair! })
      await sheet.getByText(/^Now [\d.]+ h a week, [\d.]+ h in the plan\.$/).waitFor()
      await sheet.getByText(/^Without these hours the practice would get \d+% of its need, with them \d+%\.$/).waitFor()
      await sheet.getByLabel('In every next plan').selectOption({ label: 'Ruled out' })
      await sheet.getByRole('button', { name: 'Set' }).press('Enter')
      await grid(page)
        .getByRole('button', { name: /ruled out$/ })
        .waitFor()
      await propose(page, 2)
      await once(
        () =>
          grid(page)
            .getByRole('button', { name: new RegExp(`^${pair}: × .*[\\d.]+ h now, 0 h in the plan, ruled out$`) })
            .count(),
        (found) => found === 1,
      )
      await page.getByLabel('Beside it').selectOption({ index: 2 })
      const rows = await once(
        () => cellsOf(page.getByRole('table', { name: 'Hours that differ' })),
        (cells) => cells.length > 0,
      )
      expect(rows.map(([who]) => who)).toContain(pair)

      // What cannot be kept is refused in names.
      await grid(page)
        .getByRole('button', { name: /ruled out$/ })
        .click()
      await sheet.getByLabel('In every next plan').selectOption({ label: 'Stays, for exactly so long' })
      await sheet.getByLabel('Hours a week').fill('60')
      await sheet.getByRole('button', { name: 'Set' }).click()
      await page.getByRole('button', { name: 'Work out a plan' }).click()
      await page.getByText('No plan can be worked out so').waitFor()
      await page.getByText(new RegExp(`^The pin of ${pair!.replace(' at ', ' to ')} is for 3600 minutes; give `)).waitFor()
      // A plan assigns nobody.
      expect(await region.sql('select id, hours, ended_at from care_assignment order by id')).toEqual(before)
    }),
  )

  test(
    'a plan is put in force from tomorrow on after a look at what it changes, with the keyboard, and taken back',
    walk({ as: 'workforceManager' }, async ({ page, region }) => {
      const works = () =>
        region.sql('select membership_id, practice_id, starts_on, ends_on from care_assignment where ended_at is null order by 1, 2, 3')
      const before = await works()
      await goTo(page, 'Planner')
      const now = grid(page).getByRole('button', { name: /: [1-9][\d.]* h now$/ })
      const [, pair] = /^(.* at .*): /.exec((await now.first().getAttribute('aria-label'))!)!
      await now.first().click()
      const sheet = page.getByRole('dialog', { name: pair! })
      await sheet.getByLabel('In every next plan').selectOption({ label: 'Ruled out' })
      await sheet.getByRole('button', { name: 'Set' }).click()
      await propose(page, 3)
      await page.getByRole('button', { name: 'See what it would change' }).press('Enter')
      const changes = await once(
        () => cellsOf(page.getByRole('table', { name: 'What changes' })),
        (cells) => cells.length > 1,
      )
      const [leaver] = changes.filter(([who]) => who === pair)
      expect(leaver![1]).toMatch(/^Care management, ends on /)
      expect(changes.find(([, what]) => what === 'Care management, other hours')![3]).toMatch(/^[\d.]+ h → [\d.]+ h$/)
      const handoffs = await cellsOf(page.getByRole('table', { name: 'Handoffs it causes' }))
      expect(handoffs.find(([who]) => who === pair)![1]).toBe('Does not work there any more')
      expect(await works()).toEqual(before)
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violationsOn(page)).toEqual([])
      }

      await page.getByRole('button', { name: 'Put in force' }).press('Enter')
      const confirm = page.getByRole('dialog', { name: /^Put the plan in force from / })
      await confirm.getByText(/^It causes \d+ handoffs?: nobody is handed over by itself\.$/).waitFor()
      await confirm.getByRole('button', { name: 'Put in force' }).press('Enter')
      await page.getByText(/^In force from /).waitFor()
      await page.getByText(/put it in force on .* It can be taken back until /).waitFor()
      await once(
        () =>
          page
            .getByLabel('On screen')
            .locator('option', { hasText: /, in force$/ })
            .count(),
        (found) => found === 1,
      )
      expect(await violationsOn(page)).toEqual([])
      const during = await works()
      expect(during).not.toEqual(before)

      await page.getByRole('button', { name: 'Take back' }).press('Enter')
      const back = page.getByRole('dialog', { name: 'Take the plan back' })
      await back.getByRole('button', { name: 'Take back' }).press('Enter')
      await page.getByText(/ took it back on /).waitFor()
      expect(await works()).toEqual(before)

      // One that stands differently by now is refused with what is different, and looked at anew.
      await page.getByRole('button', { name: 'See what it would change' }).click()
      await page.getByRole('button', { name: 'Put in force' }).waitFor()
      await region.sql(`update staff_member set home_base = 'Elsewhere'`)
      await page.getByRole('button', { name: 'Put in force' }).click()
      await confirm.getByRole('button', { name: 'Put in force' }).click()
      await confirm.getByText(/^Since you looked at the preview this is different: .*what is on record of the shared staff/).waitFor()
      expect(await works()).toEqual(before)
    }),
  )

  test(
    'a clinician finds no such page',
    walk({ as: 'clinician' }, async ({ page }) => {
      await page.goto('/planner')
      await stands(page, 'No such page')
    }),
  )

  test(
    'nor does the administrator of the region',
    walk({ as: 'regionAdministrator' }, async ({ page }) => {
      await page.goto('/planner')
      await stands(page, 'No such page')
    }),
  )
})
