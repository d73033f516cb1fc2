import { fullestChart } from './charts.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, goTo, once, stands } from './steps.ts'

describeInBrowser('Who looked', (walk) => {
  test(
    'a clinician looks at a chart, sees its disclosures, and has no page of who looked',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      const { id } = await fullestChart(region, region.practiceIds[0])
      await page.goto(`/patients/${id}`)
      await page.getByRole('region', { name: 'Disclosures' }).getByText('Nothing was disclosed.').waitFor()
      expect(await page.getByRole('region', { name: 'Who looked' }).count()).toBe(0)
      expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Who looked' }).count()).toBe(0)
      await page.goto('/who-looked')
      await page.getByRole('heading', { level: 1, name: 'No such page' }).waitFor()
    }),
  )

  test(
    'the practice sees her look by name, with the chart and the reason, filters it, and downloads it',
    walk({ as: 'practiceAdministrator' }, async ({ page, region }) => {
      const { id, family, given } = await fullestChart(region, region.practiceIds[0])
      await goTo(page, 'Who looked')
      const sentence = page.getByRole('status')
      await once(
        () => sentence.innerText(),
        (text) => /^\d+ (person|people) looked at \d+ charts? in the last 30 days; nobody was refused; no emergency access\.$/.test(text),
      )
      const table = page.getByRole('table', { name: 'Who looked' })
      await table.waitFor()
      await columnOnce(table, 'Who', (people) => people.includes('Casey Clinician'))
      const row = (await cellsOf(table)).find(
        (cells) => cells[2] === 'Looked at chart' && cells[1] === 'Casey Clinician' && cells[3] === `${given} ${family}`,
      )
      expect(row).toEqual([
        expect.any(String),
        'Casey Clinician',
        'Looked at chart',
        `${given} ${family}`,
        'Treatment',
        expect.stringContaining('Clinician'),
        'Done',
      ])

      await page.getByLabel('Outcome').selectOption('Refused')
      await page.getByText('No look fits these filters').waitFor()
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await table.waitFor()
      await columnOnce(table, 'Who', (people) => people.includes('Casey Clinician'))

      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()])
      expect(file.suggestedFilename()).toBe('audit.ndjson')

      await table
        .getByRole('link', { name: `${given} ${family}` })
        .first()
        .click()
      const lookers = page.getByRole('region', { name: 'Who looked' })
      await lookers.getByText('Casey Clinician').first().waitFor()
      await lookers.getByRole('link', { name: 'All looks' }).click()
      await stands(page, 'Who looked')
      await page.getByText('Only looks at one patient.').waitFor()
      expect(new URL(page.url()).searchParams.get('patient')).toBe(id)
    }),
  )

  test(
    'after a while at work the download asks who is there: left, nothing is downloaded; confirmed, the file comes',
    walk({ as: 'practiceAdministrator' }, async ({ page, region, takeTroubles }) => {
      await goTo(page, 'Who looked')
      region.passMinutes(6)
      const files: string[] = []
      page.on('download', (file) => files.push(file.suggestedFilename()))
      const confirming = page.getByRole('dialog', { name: 'Confirm that it is you' })
      await page.getByRole('link', { name: 'Download' }).click()
      await confirming.getByRole('button', { name: 'Close' }).click()
      await confirming.waitFor({ state: 'detached' })
      expect(files).toEqual([])

      await page.getByRole('link', { name: 'Download' }).click()
      await confirming.getByLabel('Password').fill('not the password')
      await confirming.getByRole('button', { name: 'Confirm' }).click()
      await confirming.getByText('That did not confirm it is you').waitFor()
      await confirming.getByLabel('Password').fill(region.users.practiceAdministrator.password)
      const [file] = await Promise.all([page.waitForEvent('download'), confirming.getByRole('button', { name: 'Confirm' }).click()])
      expect(file.suggestedFilename()).toBe('audit.ndjson')
      expect(files).toEqual(['audit.ndjson'])
      // The browser tells of every answer that the person's confirmation was asked for with.
      expect(takeTroubles().filter((line) => !line.includes('403'))).toEqual([])
    }),
  )

  test(
    'the auditor sees that everything is sealed, and on one page who could, who did and why, without a name',
    walk({ as: 'auditor' }, async ({ page, region }) => {
      await region.work()
      await stands(page, 'Seals')
      await once(
        async () => {
          await page.reload()
          await stands(page, 'Seals')
          return page.getByRole('status').innerText()
        },
        (text) => /^(Every row of|\d row waits)/.test(text),
      )
      await page.getByRole('table', { name: 'Seals' }).getByRole('link').first().click()
      await stands(page, 'Who could look, who did, and why')
      await page.getByRole('region', { name: 'Who could look today' }).getByRole('table').waitFor()
      await page.getByRole('table', { name: 'Who looked' }).waitFor()
      expect(await page.getByRole('main').innerText()).not.toMatch(/Casey|Clinician, Casey/)
      await goTo(page, 'All looks')
      await page.getByRole('table', { name: 'Who looked' }).waitFor()
      await columnOnce(page.getByRole('table', { name: 'Who looked' }), 'Why', (reasons) => reasons.includes('Treatment'))
    }),
  )
})
