import { totpCode } from '../support/totp-code.ts'
import { withAuthenticator } from './authenticator.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, stands, trySignIn } from './steps.ts'

describeInBrowser('Signing in', (walk) => {
  test(
    'with a passkey that was made on the account page, and with it as the second step after the password',
    walk({ as: 'practiceAdministrator' }, async ({ page, region }) => {
      await withAuthenticator(page)
      const { email, password } = region.users.practiceAdministrator
      await page.getByRole('link', { name: 'Ada Administrator' }).click()
      await stands(page, 'Your account')
      await page.getByRole('button', { name: 'Add a passkey' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('this desk')
      await dialog.getByRole('button', { name: 'Add a passkey' }).click()
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await page.getByText('this desk').waitFor()

      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await stands(page, 'Your account')

      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await trySignIn(page, email, password)
      await page.getByRole('button', { name: 'Use your passkey' }).click()
      await stands(page, 'Your account')

      region.passMinutes(6)
      await page.getByRole('button', { name: 'Remove this desk' }).click()
      await page.getByRole('dialog', { name: 'Confirm that it is you' }).getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Confirm', exact: true }).click()
      await page.getByText('With a passkey your finger').waitFor()
    }),
  )

  test(
    'with an app: scanned, confirmed by its code, asked for at the next sign-in; a wrong code is refused beside the field',
    walk({ as: 'clinicianElsewhere' }, async ({ page, region }) => {
      const { email, password } = region.users.clinicianElsewhere
      await page.goto('/account')
      await page.getByRole('button', { name: 'Add an app' }).click()
      const secret = (await page.getByRole('dialog').locator('code').innerText()).replaceAll(' ', '')
      await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, region.now()))
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await trySignIn(page, email, password)
      await page.getByLabel('Code', { exact: true }).fill('000000')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByText('That did not let you in').waitFor()
      region.passMinutes(2)
      await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, region.now()))
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await stands(page, 'Your account')
    }),
  )

  test(
    'to a screen left alone: it is covered within seconds, and what was typed is there after unlocking',
    walk({ as: 'clinician' }, async ({ page, region, newTab, takeTroubles }) => {
      await goTo(page, 'Registry')
      await page.getByLabel('Search patients').fill('smi')
      region.passMinutes(16)
      const lock = page.getByRole('dialog', { name: 'Locked' })
      await lock.waitFor({ timeout: 6000 })
      expect(await page.getByRole('table').isVisible()).toBe(false)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await lock.getByLabel('Password').fill('wrong')
      await lock.getByRole('button', { name: 'Unlock' }).click()
      await lock.getByText('That did not confirm it is you').waitFor()
      const other = await newTab()
      await other.goto('/measures')
      await other.getByRole('dialog', { name: 'Locked' }).waitFor()
      await lock.getByLabel('Password').fill(region.users.clinician.password)
      await lock.getByRole('button', { name: 'Unlock' }).click()
      await lock.waitFor({ state: 'detached' })
      expect(await page.getByLabel('Search patients').inputValue()).toBe('smi')
      await stands(other, 'Measures')
      // The browser tells every 423; nothing else is amiss.
      expect(takeTroubles().filter((trouble) => !trouble.includes('423 (Locked)'))).toEqual([])
    }),
  )

  test(
    'under several memberships: the switcher changes the page, the other tab keeps its own, and a membership that ends is noticed within five seconds',
    walk({ as: 'payerAnalyst' }, async ({ page, region, newTab }) => {
      const [added] = await region.sql<{ id: string }>(
        `insert into membership (id, user_id, organization_id, role, starts_on)
         select uuidv7(), id, $1, 'clinician', '2020-01-01' from app_user where email = $2 returning id`,
        [region.practiceIds[0], region.users.payerAnalyst.email],
      )
      await page.reload()
      await stands(page, 'Performance')
      const other = await newTab()
      await other.goto('/')
      await stands(other, 'Performance')
      await page.getByRole('button', { name: 'Act under another membership' }).click()
      await page.getByRole('button', { name: /clinician/ }).click()
      await stands(page, 'Home')
      await stands(other, 'Performance')
      await region.sql('update membership set ended_at = now() where id = $1', [added!.id])
      const since = Date.now()
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor({ state: 'detached', timeout: 6000 })
      expect(Date.now() - since).toBeLessThan(5000)
    }),
  )
})
