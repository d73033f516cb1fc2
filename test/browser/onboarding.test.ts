import { letterTo } from './letters.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, once, stands } from './steps.ts'

describeInBrowser('Onboarding', (walk) => {
  test(
    'the coordinator adds a practice, records its agreements and invites its administrator, in one flow',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      await goTo(page, 'Practices')
      await page.getByRole('button', { name: 'Add a practice' }).click()
      const adding = page.getByRole('dialog', { name: 'Add a practice' })
      await adding.getByLabel('Name', { exact: true }).fill('Dogwood Family Clinic')
      expect(await adding.getByLabel('Short name').inputValue()).toBe('dogwood-family-clinic')
      await adding.getByRole('button', { name: 'Add', exact: true }).click()

      await stands(page, 'Dogwood Family Clinic')
      await page.getByText('Nobody administers this practice yet').waitFor()
      for (const title of ['Participation agreement', 'Data use agreement']) {
        await page.getByRole('button', { name: `Record ${title} signed on paper` }).click()
        const signing = page.getByRole('dialog')
        await signing.getByLabel('Name of who signs').fill('Dora Dogwood')
        await signing.getByLabel('Office').fill('Owner')
        await signing.getByLabel('Day on the sheet').fill(new Date(Date.now() - 172_800_000).toISOString().slice(0, 10))
        await signing.getByRole('button', { name: 'Sign', exact: true }).click()
        await signing.waitFor({ state: 'detached' })
      }
      await page.getByText('Active since').first().waitFor()

      for (const [from, to] of [
        ['Dogwood Family Clinic', 'Dogwood Street Clinic'],
        ['Dogwood Street Clinic', 'Dogwood Family Clinic'],
      ] as const) {
        await page.getByRole('button', { name: 'Rename' }).click()
        const renaming = page.getByRole('dialog', { name: `Rename ${from}` })
        await renaming.getByLabel('Name', { exact: true }).fill(to)
        await renaming.getByRole('button', { name: 'Rename' }).click()
        await stands(page, to)
        await renaming.waitFor({ state: 'detached' })
      }

      await page.getByRole('button', { name: 'Invite somebody' }).click()
      const inviting = page.getByRole('dialog', { name: 'Invite somebody' })
      await inviting.getByLabel('Name', { exact: true }).fill('Dana Dogwood')
      await inviting.getByLabel('Email').fill('dana@dogwood.example')
      expect(await inviting.getByLabel('Role').getByRole('option').allInnerTexts()).toEqual(['practice administrator'])
      await inviting.getByRole('button', { name: 'Send the invitation' }).click()
      await inviting.waitFor({ state: 'detached' })
      await page.getByRole('table', { name: 'Waiting for an answer' }).getByRole('row', { name: 'Dana Dogwood' }).waitFor()
      // From here on the practice chooses its own people.
      await page.getByRole('button', { name: 'Invite somebody' }).waitFor({ state: 'detached' })

      await region.work()
      const letter = await letterTo(region, 'dana@dogwood.example')
      expect(letter).toContain('invites you to Dogwood Family Clinic')
    }),
    150_000,
  )

  test(
    "a practice's administrator invites a clinician, changes a role and ends access, confirming that it is her; the list follows",
    walk({ as: 'practiceAdministrator' }, async ({ page, region, takeTroubles }) => {
      await goTo(page, 'People')
      await page.getByRole('button', { name: 'Invite somebody' }).click()
      const inviting = page.getByRole('dialog', { name: 'Invite somebody' })
      await inviting.getByLabel('Name', { exact: true }).fill('Nia New')
      await inviting.getByLabel('Email').fill('nia@example.org')
      await inviting.getByLabel('Role').selectOption('clinician')
      await inviting.getByRole('button', { name: 'Send the invitation' }).click()
      await page.getByRole('table', { name: 'Waiting for an answer' }).getByRole('row', { name: 'Nia New' }).waitFor()

      await page.getByRole('button', { name: 'Change role of Casey Clinician' }).click()
      const changing = page.getByRole('dialog')
      await changing.getByLabel('Role').selectOption('practice-quality-lead')
      await region.sql(`update session set authenticated_at = now() - interval '10 minutes'`)
      await changing.getByRole('button', { name: 'Change role' }).click()
      // What was filled in waits underneath, and is done once she has proved who she is.
      const confirming = page.getByRole('dialog', { name: 'Confirm that it is you' })
      await confirming.getByLabel('Password').fill(region.users.practiceAdministrator.password)
      await confirming.getByRole('button', { name: 'Confirm' }).click()
      const people = page.getByRole('table', { name: 'People' })
      await people.getByRole('row', { name: 'Casey Clinician' }).getByRole('cell', { name: 'quality lead' }).waitFor()
      // The question is a refusal to the browser's console.
      expect(takeTroubles()).toEqual([expect.stringContaining('403')])

      await page.getByRole('button', { name: 'End the access of Casey Clinician' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'End access now' }).click()
      const names = await once(
        async () => (await cellsOf(people)).map(([name]) => name),
        (all) => !all.includes('Casey Clinician'),
      )
      expect(names).toContain('Ada Administrator')
      // Nobody ends their own access.
      expect(await page.getByRole('button', { name: 'End the access of Ada Administrator' }).count()).toBe(0)
    }),
    90_000,
  )

  test(
    'a clinician is offered none of it, and is refused by its address',
    walk({ as: 'clinicianElsewhere' }, async ({ page }) => {
      await stands(page, 'Home')
      const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()
      expect(links.map((text) => text.trim())).toEqual([
        'Home',
        'Registry',
        'Registries',
        'Measures',
        'Progress',
        'Our share of staff',
        'Risk models',
        'Huddle',
        'Caseload',
        'Shared',
        'Emergencies',
      ])
      for (const path of ['/people', '/agreements', '/practices']) {
        await page.goto(path)
        await stands(page, 'No such page')
      }
    }),
  )
})
