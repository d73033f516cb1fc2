import type { Locator, Page } from 'playwright-core'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, goTo, once, stands } from './steps.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Registry' })
const heads = async (page: Page) =>
  (await table(page).getByRole('columnheader').allInnerTexts()).map((text) => text.split('\n')[0]!.trim()).filter(Boolean)
const address = (page: Page) => new URL(page.url()).searchParams

/** Goes on with the tabulator, or back, until something has the focus. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await wanted.waitFor()
  for (let presses = 0; presses < 80; presses++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press(key)
  }
  throw new Error(`The tabulator never comes to ${String(wanted)}`)
}

async function keep(page: Page, name: string, isShared: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('button', { name: 'Keep this view…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Keep this view' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  if (isShared) await dialog.getByRole('radio', { name: /^For everybody of the practice/ }).check()
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await page.getByText(`View: ${name}`).waitFor()
}

describeInBrowser('Views of the registry', (walk) => {
  test(
    'with the keyboard alone: a clinician chooses columns and their order, keeps the list under a name, leaves it and opens it again',
    walk({ as: 'clinician' }, async ({ page }) => {
      await page.goto('/registry?condition=diabetes&sort=RISK')
      await stands(page, 'Registry')
      await tabTo(page, page.getByRole('button', { name: 'Columns' }))
      await page.keyboard.press('Enter')
      await tabTo(page, page.getByRole('checkbox', { name: 'Conditions' }))
      await page.keyboard.press('Space')
      const forward = page.getByRole('button', { name: 'Move Risk forward' })
      await tabTo(page, forward)
      await page.keyboard.press('Enter')
      // The focus stays on what was moved.
      await forward.and(page.locator(':focus')).waitFor()
      while (await forward.isEnabled()) await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      const chosen = ['Patient', 'Risk', 'Age', 'Sex', 'Open gaps']
      expect((await heads(page)).slice(0, 5)).toEqual(chosen)

      const button = page.getByRole('button', { name: 'Views' })
      await tabTo(page, button, 'Shift+Tab')
      await page.keyboard.press('Enter')
      await tabTo(page, page.getByRole('button', { name: 'Keep this view…' }))
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Keep this view' })
      await tabTo(page, dialog.getByRole('textbox', { name: 'Name' }))
      await page.keyboard.type('Diabetes by risk')
      await page.keyboard.press('Enter')
      await page.getByText('View: Diabetes by risk').waitFor()
      const id = address(page).get('view')!
      expect(id).toMatch(/^[0-9a-f-]{36}$/)

      await page.getByRole('button', { name: 'Clear filters' }).click()
      await page.getByText('View: Diabetes by risk').waitFor({ state: 'detached' })
      // A bookmark of the view alone is enough.
      await page.goto(`/registry?view=${id}`)
      await once(
        async () => (await heads(page)).slice(0, 5).join(),
        (now) => now === chosen.join(),
      )
      await columnOnce(table(page), 'Patient', (names) => names.length > 3)
      expect([address(page).get('condition'), address(page).get('sort')]).toEqual(['diabetes', 'RISK'])
      await page.getByRole('columnheader', { name: 'Age', exact: true }).getByRole('button').click()
      await page.getByText('(changed, not saved)').waitFor()
    }),
    90_000,
  )

  test(
    'what one shares the practice finds; of two who change it the second is told what is other; withdrawn, it is gone for both',
    walk({ as: 'clinician' }, async ({ page, region, newTab }) => {
      await region.sql('delete from saved_view')
      await page.goto('/registry?tier=1')
      await stands(page, 'Registry')
      await keep(page, 'Tier one', true)

      // Somebody else's change, a moment before.
      await region.sql(
        `update saved_view set name = 'Rising risk', version = 2, part_versions = '{"name": 2, "audience": 1, "filter": 1, "columns": 1}', changed_by_name = 'Robin Vale'`,
      )
      await page.getByRole('combobox', { name: 'Tier of risk' }).selectOption({ index: 3 })
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Robin Vale changed this view meanwhile: it is called “Rising risk” now.').waitFor()
      await page.getByText('View: Rising risk').waitFor()
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('(changed, not saved)').waitFor({ state: 'detached' })
      expect(await region.sql(`select version, filter ->> 'tier' as tier from saved_view`)).toEqual([
        { version: 3, tier: address(page).get('tier') },
      ])

      const other = await newTab()
      await other.goto(page.url())
      await other.getByText('View: Rising risk').waitFor()
      await other.getByRole('button', { name: 'Views' }).click()
      await other.getByRole('button', { name: 'Withdraw…' }).click()
      await other.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
      await other.getByText('View: Rising risk').waitFor({ state: 'detached' })
      await page.reload()
      await page.getByText('This view is not there any more').waitFor()
    }),
    60_000,
  )

  test(
    'the front desk keeps a view of its own, with telephones, and is offered none by conditions',
    walk({ as: 'frontDesk' }, async ({ page, region }) => {
      await region.sql('delete from saved_view')
      await region.sql(
        `insert into saved_view (id, practice_id, membership_id, owner_name, audience, name, filter, clinical, sort, reversed, columns, version, part_versions,
                                 changed_by_name, changed_at)
         select uuidv7(), $1, uuidv7(), 'Dr. Gray', 'practice', name, '{}', name = 'By tier', 'NAME', false, '{age}', 1, '{}', 'Dr. Gray', now()
           from unnest('{By tier,By age}'::text[]) name`,
        [region.practiceIds[0]],
      )
      await goTo(page, 'Registry')
      await keep(page, 'To call', false)
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByRole('group', { name: 'Yours' }).getByRole('button', { name: 'To call' }).waitFor()
      expect(await page.getByRole('group', { name: 'Shared with the practice' }).getByRole('button').allInnerTexts()).toEqual([
        expect.stringMatching(/^By age\s+by Dr\. Gray$/),
      ])
      await page.getByRole('button', { name: /^By age/ }).click()
      await once(
        () => heads(page),
        (now) => now.join() === 'Patient,Age',
      )
    }),
  )

  test(
    'people are chosen with the keyboard, all that a filter finds at once, and go onto the huddle and the list to call',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      await region.sql('delete from huddle_entry')
      await page.goto('/registry?condition=diabetes')
      await stands(page, 'Registry')
      const first = table(page).locator('tbody').getByRole('checkbox').first()
      await tabTo(page, first)
      await page.keyboard.press('Space')
      const bar = page.getByRole('toolbar', { name: 'With the people chosen' })
      await bar.getByText('1 chosen').waitFor()
      // The row stays as it was: choosing opens nothing.
      expect(address(page).get('open')).toBe(null)
      const total = await table(page).locator('tbody').getByRole('row').count()
      await bar.getByRole('button', { name: `Choose all ${total}` }).click()
      await bar.getByText(`${total} chosen`).waitFor()
      await first.uncheck()
      await bar.getByText(`${total - 1} chosen`).waitFor()
      const left = (await cellsOf(table(page)))[0]![1]!

      await bar.getByRole('button', { name: 'Add to huddle' }).click()
      const dialog = page.getByRole('dialog', { name: `Add ${total - 1} people to the huddle` })
      await dialog.getByRole('button', { name: 'Add to huddle' }).click()
      await page.getByRole('link', { name: 'Open the huddle' }).click()
      await page.getByText(new RegExp(`^${total - 1} people to talk about on`)).waitFor()
      expect((await cellsOf(page.getByRole('table', { name: 'Who is talked about' }))).filter(([who]) => who!.includes(left))).toEqual([])

      await page.goto('/registry')
      await stands(page, 'Registry')
      const gap = page.getByRole('combobox', { name: 'Open gap' })
      await gap.getByRole('option').nth(1).waitFor({ state: 'attached' })
      await gap.selectOption({ index: 1 })
      await page.getByText(/patients? with an open gap/).waitFor()
      await table(page).locator('tbody').getByRole('checkbox').first().check()
      const name = (await cellsOf(table(page)))[0]![1]!
      const [download] = await Promise.all([page.waitForEvent('download'), bar.getByRole('link', { name: 'List to call' }).click()])
      const lines = await textOf(await download.createReadStream())
      expect(lines).toHaveLength(2)
      expect(lines[1]).toContain(name.split(',')[0])
      // Whoever filters anew begins anew.
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await bar.waitFor({ state: 'hidden' })
    }),
    60_000,
  )

  test(
    'of more people than one act takes the first are chosen, and a care manager looks at one of her practices',
    walk({ as: 'careManager' }, async ({ page, region }) => {
      await region.sql(
        `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at)
         select uuidv7(), m.id, p.id, 'assignment', current_date - 30, now() from membership m, unnest($1::uuid[]) p (id)
          where m.role = 'care-manager' and not exists (select from care_assignment a where a.membership_id = m.id and a.practice_id = p.id)`,
        [region.practiceIds],
      )
      await page.reload()
      await goTo(page, 'Registry')
      const bar = page.getByRole('toolbar', { name: 'With the people chosen' })
      await table(page).locator('tbody').getByRole('checkbox').first().check()
      await bar.getByRole('button', { name: /^Choose the first 200 of \d+$/ }).click()
      await bar.getByText('200 chosen').waitFor()

      const practice = page.getByRole('combobox', { name: 'Practice' })
      await practice.selectOption({ index: 1 })
      await page.getByText(/^\d+ patients fit, of/).waitFor()
      await keep(page, 'One practice', false)
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await page.getByRole('button', { name: 'Views' }).click()
      await page.getByRole('button', { name: 'One practice' }).click()
      await once(
        () => practice.inputValue(),
        (value) => region.practiceIds.some((id) => id === value),
      )
    }),
    60_000,
  )
})

async function textOf(stream: AsyncIterable<unknown>): Promise<string[]> {
  let text = ''
  for await (const piece of stream) text += String(piece)
  return text.trim().split(/\r?\n/)
}
