import { withAuthenticator } from './authenticator.ts'
import { letterTo, linkIn } from './letters.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, stands } from './steps.ts'

describeInBrowser('Somebody who lost every way in', (walk) => {
  test(
    'is let choose new ones by the administrator, comes by the letter with a passkey, and the old password opens nothing more',
    walk({ as: 'practiceAdministrator' }, async ({ page, region }) => {
      await region.work()
      const { name, email } = region.users.frontDesk
      await goTo(page, 'People')
      await page.getByRole('button', { name: `New sign-in for ${name}` }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('First be sure that it is they who ask').waitFor()
      await dialog.getByText(`A letter goes to ${email}`).waitFor()
      await dialog.getByRole('button', { name: 'Send the letter' }).click()
      const waiting = page.getByRole('table', { name: 'Waiting for an answer' }).getByRole('row', { name })
      await waiting.getByRole('button', { name: `Withdraw the letter to ${name}` }).waitFor()
      expect(await waiting.getByRole('button', { name: 'Send again' }).count()).toBe(0)
      const link = linkIn(await letterTo(region, email), region.url)

      // Opened at the administrator's own browser by mistake it still asks for new ways, and brings no role.
      await page.goto(link)
      await stands(page, 'New ways to sign in')
      await page.getByText('what you signed in with before counts no more').waitFor()
      expect(await page.getByText('You are signed in as').count()).toBe(0)
      await page.getByLabel('Password').fill('short')
      await page.getByLabel('Password').blur()
      await page.getByText('This password has 5 of at least 8 characters.').waitFor()
      // What guessers try first is told at the field too, before there is anything to scan.
      await page.getByLabel('Password').fill('password1')
      await page.getByRole('button', { name: 'Go on' }).click()
      await page.getByText('This password is on the lists that guessers try first.').waitFor()
      expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true')
      expect(await page.getByText('Not accepted yet').count()).toBe(0)
      expect(await page.getByLabel('Code', { exact: true }).count()).toBe(0)
      await page.getByLabel('Password').fill('password1 and more')
      expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBeNull()
      await page.goto('/people')
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByLabel('Email').waitFor()

      await withAuthenticator(page)
      await page.goto(link)
      await page.getByRole('button', { name: 'Make a passkey' }).click()
      await stands(page, 'Registry')
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await stands(page, 'Registry')
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password').fill(region.users.frontDesk.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByText('You are not signed in').waitFor()
      await page.goto(link)
      await page.getByText('This link opens nothing').first().waitFor()
    }),
    120_000,
  )
})
