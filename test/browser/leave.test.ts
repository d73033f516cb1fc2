import type { Page } from 'playwright-core'
import { plantNurse } from './planted-staff.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, goTo, once, stands } from './steps.ts'

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const covers = (page: Page) => page.getByRole('table', { name: 'Covers' })

/** From "Dana leaves for two weeks" to an accepted cover: each test goes on where the one before ended. */
describeInBrowser('Leave and cover', (walk) => {
  let practice = ''

  test(
    'Dana asks for two weeks of leave',
    walk({ as: 'careManagerOnLeave' }, async ({ page, region }) => {
      await plantNurse(region, region.users.careManager.email)
      const dana = await plantNurse(region, region.users.careManagerOnLeave.email)
      await region.sql(
        `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at) values (uuidv7(), $1, $2, 'assignment', '2020-01-01', now())`,
        [dana, region.practiceIds[0]],
      )
      const [found] = await region.sql<{ name: string }>('select name from organization where id = $1', [region.practiceIds[0]])
      practice = found!.name
      await page.reload()
      await goTo(page, 'Leave and cover')
      await page.getByRole('button', { name: 'Ask for leave' }).click()
      const dialog = page.getByRole('dialog', { name: 'Ask for leave' })
      await dialog.getByLabel('First day').fill(dayIn(3))
      await dialog.getByLabel('Last day').fill(dayIn(2))
      await dialog.getByRole('button', { name: 'Ask for leave' }).click()
      await dialog.getByText('The end is not after the beginning.').waitFor()
      await dialog.getByLabel('Last day').fill(dayIn(16))
      await dialog.getByRole('button', { name: 'Ask for leave' }).click()
      await dialog.waitFor({ state: 'detached' })
      const rows = await once(
        () => cellsOf(page.getByRole('table', { name: 'Leave' })),
        ({ length }) => length === 1,
      )
      expect(rows[0]).toEqual(expect.arrayContaining(['Dana Leaver', 'Vacation', practice]))
      // Whom to ask is not hers.
      expect(await page.getByRole('button', { name: /^Ask somebody/ }).count()).toBe(0)
    }),
  )

  test(
    'the workforce manager sees a practice without cover, asks a colleague, and finds no patient',
    walk({ as: 'workforceManager' }, async ({ page, region }) => {
      await goTo(page, 'Leave and cover')
      await page.getByText(/1 leave now or to come; 1 practice without cover\./).waitFor()
      await page.getByRole('button', { name: `Ask somebody to cover ${practice}` }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Who').selectOption({ label: 'Dana Leaver' })
      await dialog.getByRole('button', { name: /^Ask somebody/ }).click()
      await dialog.getByText('Dana Leaver is the one who is away.').waitFor()
      await dialog.getByLabel('Who').selectOption({ label: 'Carey Manager' })
      await dialog.getByRole('button', { name: /^Ask somebody/ }).click()
      await dialog.waitFor({ state: 'detached' })
      const rows = await once(
        () => cellsOf(covers(page)),
        ({ length }) => length === 1,
      )
      expect(rows[0]!.slice(0, 3)).toEqual([practice, 'Dana Leaver', 'Carey Manager'])
      expect(rows[0]).toContain('asked')
      expect(await page.getByRole('button', { name: /handoff|Hand over|Accept/ }).count()).toBe(0)
      await page.goto('/registry')
      await stands(page, 'No such page')
      const [chart] = await region.sql<{ id: string }>('select id from patient limit 1')
      await page.goto(`/patients/${chart!.id}`)
      await stands(page, 'No such page')
    }),
  )

  test(
    'whoever is asked accepts, and the practice is not open to her before its time',
    walk({ as: 'careManager' }, async ({ page }) => {
      await page.getByText('No practice is assigned to you yet').waitFor()
      await goTo(page, 'Leave and cover')
      await page.getByText('You are asked to cover 1 practice.').waitFor()
      await page.getByRole('button', { name: `Accept to cover ${practice}` }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click()
      await once(
        () => cellsOf(covers(page)),
        (rows) => rows[0]?.includes('accepted') === true,
      )
      await page.getByRole('button', { name: `Handed over by Dana Leaver: ${practice}` }).click()
      await page.getByText('Nothing was handed over yet, or the time has not begun.').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await goTo(page, 'Registry')
      await page.getByText('No practice is assigned to you yet').waitFor()
    }),
  )

  test(
    'Dana sees who covers, and hands over',
    walk({ as: 'careManagerOnLeave' }, async ({ page }) => {
      await goTo(page, 'Leave and cover')
      await page.getByRole('button', { name: `Hand over ${practice}` }).click()
      const dialog = page.getByRole('dialog', { name: `Hand over ${practice}` })
      await dialog.getByLabel('Situation').fill('Two people came home from hospital')
      await dialog.getByLabel('Open items').fill('Call the pharmacy back')
      await dialog.getByRole('button', { name: 'Hand over' }).click()
      await dialog.waitFor({ state: 'detached' })
    }),
  )

  test(
    'the practice sees who comes, and nothing of what is handed over',
    walk({ as: 'practiceAdministrator' }, async ({ page }) => {
      await goTo(page, 'People')
      const table = page.getByRole('table', { name: 'Care managers' })
      await columnOnce(table, 'As', (kinds) => kinds.includes('cover for Dana Leaver'))
      expect((await cellsOf(table)).some((row) => row.includes('Carey Manager'))).toBe(true)
      await page.goto('/leave')
      await stands(page, 'No such page')
      expect(await page.getByText('Two people came home').count()).toBe(0)
    }),
  )

  test(
    'another practice and its front desk have no such page',
    walk({ as: 'clinicianElsewhere' }, async ({ page }) => {
      await page.goto('/leave')
      await stands(page, 'No such page')
    }),
  )

  test(
    'when the leave has begun the patients stand in her list, marked, and she reads and acknowledges what was handed over',
    walk({}, async ({ page, region }) => {
      region.passMinutes(4 * 24 * 60)
      const { email, password } = region.users.careManager
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText(`You cover for Dana Leaver at ${practice}`).waitFor()
      await columnOnce(page.getByRole('table', { name: 'Registry' }), 'Patient', (names) => names.length > 20)
      await goTo(page, 'Leave and cover')
      await page.getByRole('button', { name: `Handed over by Dana Leaver: ${practice}` }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Two people came home from hospital').waitFor()
      await dialog.getByRole('button', { name: 'Acknowledge' }).click()
      await dialog.waitFor({ state: 'detached' })
      const [receipt] = await region.sql<{ n: number }>('select count(*)::int as n from handoff_receipt')
      expect(receipt!.n).toBe(1)
    }),
  )
})
