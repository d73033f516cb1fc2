import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { totpCode } from '../support/totp-code.ts'
import { withAuthenticator } from './authenticator.ts'
import { fullestChart } from './charts.ts'
import { letterTo, linkIn } from './letters.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, goTo, signIn, stands } from './steps.ts'

const PRACTICE = 'Juniper Ridge Family Medicine'
const [OWNER, CLINICIAN] = ['june@juniper.example', 'colin@juniper.example']
const OWNER_PASSWORD = 'juniper berries ripen slowly'

describeInBrowser('From an invitation to a look in the audit', (walk) => {
  test(
    'a practice is onboarded, its people join with an app and with a passkey, see their own patients, are refused elsewhere, and the look is told',
    walk({ as: 'regionAdministrator' }, async ({ page, region, newTab }) => {
      await region.work()
      await onboard(page)
      await invite(page, 'June Juniper', OWNER, null)

      // The owner comes by the letter, alone at a browser of hers: with a password and an app.
      await signOut(page)
      await page.goto(linkIn(await letterTo(region, OWNER), region.url))
      await stands(page, 'Your invitation')
      await page.getByLabel('Password').fill(OWNER_PASSWORD)
      await page.getByRole('button', { name: 'Go on' }).click()
      const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
      await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, region.now()))
      await page.getByRole('button', { name: 'Accept', exact: true }).click()
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await stands(page, 'Home')
      await goTo(page, 'People')
      await invite(page, 'Colin Clinician', CLINICIAN, 'clinician')
      await signOut(page)

      // Records of two patients arrive for the practice.
      await importCharts(region.commons)

      // The clinician makes a passkey and is in.
      await withAuthenticator(page)
      await page.goto(linkIn(await letterTo(region, CLINICIAN), region.url))
      await page.getByRole('button', { name: 'Make a passkey and accept' }).click()
      await stands(page, 'Home')
      await signOut(page)
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await stands(page, 'Home')
      await goTo(page, 'Registry')
      const table = page.getByRole('table', { name: 'Registry' })
      expect(await columnOnce(table, 'Patient', (names) => names.length === 2)).toEqual(['Thistle, Theo', 'Yarrow, Yara'])
      await table.getByRole('link', { name: 'Thistle, Theo' }).click()
      await page.getByRole('complementary', { name: 'Thistle' }).waitFor()

      // Elsewhere is nothing: neither another practice's chart nor a page of another role.
      const { id, family } = await fullestChart(region, region.practiceIds[0])
      await page.goto(`/patients/${id}`)
      await page.getByText('This chart is not here').waitFor()
      expect(await page.getByText(family).count()).toBe(0)
      for (const path of ['/who-looked', '/people', '/practices']) {
        await page.goto(path)
        await stands(page, 'No such page')
      }
      await page.goto('/')
      await signOut(page)

      // The owner sees who looked, at whom and why.
      region.passMinutes(2)
      await page.getByLabel('Email').fill(OWNER)
      await page.getByLabel('Password').fill(OWNER_PASSWORD)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, region.now()))
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await stands(page, 'Home')
      await goTo(page, 'Who looked')
      const looks = page.getByRole('table', { name: 'Who looked' })
      await columnOnce(looks, 'Who', (people) => people.includes('Colin Clinician'))
      const told = (await cellsOf(looks)).map((cells) => cells.slice(1))
      const colin = ['Colin Clinician', 'Looked at chart']
      const role = `Clinician, ${PRACTICE}`
      expect(told).toContainEqual([...colin, 'Theo Thistle', 'Treatment', role, 'Done'])
      expect(told).toContainEqual([...colin, '1 chart', 'Treatment', role, 'Nothing there'])

      // The practice whose chart was tried is told of no stranger: what is not one's own is as if it were not there.
      await signOut(page)
      const elsewhere = await newTab()
      await elsewhere.goto('/')
      await signIn(elsewhere, region.users.practiceAdministrator)
      await goTo(elsewhere, 'Who looked')
      await stands(elsewhere, 'Who looked')
      expect(await elsewhere.getByRole('main').innerText()).not.toContain('Colin')
    }),
    240_000,
  )
})

async function onboard(page: Page): Promise<void> {
  await goTo(page, 'Practices')
  await page.getByRole('button', { name: 'Add a practice' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a practice' })
  await adding.getByLabel('Name', { exact: true }).fill(PRACTICE)
  await adding.getByRole('button', { name: 'Add', exact: true }).click()
  await stands(page, PRACTICE)
  for (const title of ['Participation agreement', 'Data use agreement']) {
    await page.getByRole('button', { name: `Record ${title} signed on paper` }).click()
    const signing = page.getByRole('dialog')
    await signing.getByLabel('Name of who signs').fill('June Juniper')
    await signing.getByLabel('Office').fill('Owner')
    await signing.getByLabel('Day on the sheet').fill(new Date(Date.now() - 172_800_000).toISOString().slice(0, 10))
    await signing.getByRole('button', { name: 'Sign', exact: true }).click()
    await signing.waitFor({ state: 'detached' })
  }
  await page.getByText('Active since').first().waitFor()
}

async function invite(page: Page, name: string, email: string, role: string | null): Promise<void> {
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const inviting = page.getByRole('dialog', { name: 'Invite somebody' })
  await inviting.getByLabel('Name', { exact: true }).fill(name)
  await inviting.getByLabel('Email').fill(email)
  if (role) await inviting.getByLabel('Role').selectOption(role)
  await inviting.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByRole('table', { name: 'Waiting for an answer' }).getByRole('row', { name }).waitFor()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByLabel('Email').waitFor()
}

async function importCharts(commons: (...args: readonly string[]) => Promise<string>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'charts-'))
  const file = join(folder, 'Patient.ndjson')
  const people = [
    { resourceType: 'Patient', id: 'juniper-1', name: [{ family: 'Yarrow', given: ['Yara'] }], gender: 'female', birthDate: '1951-02-03' },
    { resourceType: 'Patient', id: 'juniper-2', name: [{ family: 'Thistle', given: ['Theo'] }], gender: 'male', birthDate: '1960-05-06' },
  ]
  writeFileSync(file, people.map((person) => JSON.stringify(person)).join('\n'))
  await commons('import', 'fhir', file, '--practice', 'juniper-ridge-family-medicine')
  rmSync(folder, { recursive: true })
}
