import { withAuthenticator } from './authenticator.ts'
import { fullestChart } from './charts.ts'
import { letterTo, linkIn } from './letters.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, signIn, stands } from './steps.ts'

const EMAIL = 'pat.own@example.org'

describeInBrowser("A patient's own sign-in", (walk) => {
  test(
    'the front desk invites from the chart, the patient comes with a passkey and reads that chart, its consents and who got it; ended, it is over',
    walk({ as: 'frontDesk' }, async ({ page, region, newTab }) => {
      await region.work()
      const { id, family } = await fullestChart(region, region.practiceIds[0])
      await page.goto(`/patients/${id}`)
      const part = page.getByRole('region', { name: 'Sign-in of the patient' })
      await part.getByRole('button', { name: 'Invite the patient' }).click()
      const inviting = page.getByRole('dialog')
      await inviting.getByLabel('Email of the patient').fill(region.users.frontDesk.email)
      await inviting.getByRole('button', { name: 'Send the invitation' }).click()
      await inviting.getByText('Nobody opens a chart to their own address').waitFor()
      await inviting.getByLabel('Email of the patient').fill(EMAIL)
      await inviting.getByRole('button', { name: 'Send the invitation' }).click()
      await part.getByText(EMAIL).waitFor()
      const link = linkIn(await letterTo(region, EMAIL), region.url)
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByLabel('Email').waitFor()

      await withAuthenticator(page)
      await page.goto(link)
      // A letter that went astray opens nothing: the birth date on file has to be known.
      const accept = page.getByRole('button', { name: 'Make a passkey and accept' })
      await page.getByLabel('Your birth date').fill('1901-01-01')
      await accept.click()
      await page.getByText('That is not the birth date on file. 2 tries are left.').waitFor()
      const [born] = await region.sql<{ day: string }>('select birth_date::text as day from patient where id = $1', [id])
      await page.getByLabel('Your birth date').fill(born!.day)
      await accept.click()
      await page.getByRole('heading', { level: 1, name: family }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/')
      const parts = page.getByRole('navigation', { name: 'Parts of the chart' })
      expect(await parts.getByRole('link', { name: 'Chart' }).getAttribute('aria-current')).toBe('page')
      await page.getByRole('region', { name: 'Disclosures' }).waitFor()
      // The front desk opened the chart to invite: told by role and practice, without a name.
      const looks = page.getByRole('region', { name: 'Who looked' })
      await looks.getByText('Front desk').first().waitFor()
      expect(await looks.innerText()).not.toContain(region.users.frontDesk.name)
      expect(await page.getByRole('region', { name: 'Sign-in of the patient' }).count()).toBe(0)
      await parts.getByRole('link', { name: 'Sharing and consent' }).click()
      await page.getByRole('region', { name: 'Consents' }).waitFor()
      expect(await page.getByRole('button', { name: 'Record a consent' }).count()).toBe(0)
      for (const path of ['/registry', '/people', '/who-looked']) {
        await page.goto(path)
        await stands(page, 'No such page')
      }

      // The practice's administrator, at a browser of her own, ends it.
      const [membership] = await region.sql<{ id: string }>('select id from membership where patient_id = $1 and ended_at is null', [id])
      expect(membership).toBeDefined()
      const patients = await newTab()
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByLabel('Email').waitFor()
      await patients.close()
      await signIn(page, region.users.practiceAdministrator)
      await goTo(page, 'Who looked')
      await page.goto(`/patients/${id}`)
      await part.getByText(`Signs in as ${EMAIL}`).waitFor()
      await part.getByRole('button', { name: 'End the sign-in' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click()
      await part.getByText('does not read this chart from home').waitFor()
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await page.getByText('That did not work').or(page.getByRole('alert')).first().waitFor()
    }),
    120_000,
  )
})
