import type { Page } from 'playwright-core'
import type { DemoRegion, Somebody } from '../support/region.ts'
import { type Chart, fullestChart, tracesOf } from './charts.ts'
import { labelProblem } from './openings.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, goTo, once, stands } from './steps.ts'

describeInBrowser('Sharing, consent and emergencies', (walk) => {
  const goToShared = async (page: Page) => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Shared', exact: true }).click()
    await stands(page, 'Shared with us')
  }
  const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
  const ofFirst = (region: DemoRegion) => fullestChart(region, region.practiceIds[0])
  const practice = async (region: DemoRegion, n: number) => {
    const [row] = await region.sql<{ name: string }>('select name from organization where id = $1', [region.practiceIds[n]])
    return row!.name
  }
  const arrive = async (page: Page, { id, family, given }: Chart, part = '') => {
    await page.goto(`/patients/${id}${part}`)
    await stands(page, `${family}, ${given}`)
  }
  test(
    'a clinician records a consent, and the protected record shows with its mark and the notice; revoked, it is gone',
    walk({ as: 'clinician' }, async (visit) => {
      const { page, region } = visit
      const chart = await ofFirst(region)
      await labelProblem(region, chart.id)
      await arrive(page, chart)
      expect(await page.getByText('Opioid use disorder').count()).toBe(0)
      await page.getByRole('navigation', { name: 'Parts of the chart' }).getByRole('link', { name: 'Sharing and consent' }).click()
      await section(page, 'Consents').getByText('No consent is on record').waitFor()
      await section(page, 'Why can I see this?').getByText('You work for the practice that keeps it, as clinician.').waitFor()
      // Who else can see it is the administrator's to know.
      expect(await section(page, 'Who can see this chart').count()).toBe(0)

      await page.getByRole('button', { name: 'Record a consent' }).click()
      const dialog = page.getByRole('dialog', { name: 'Record a consent' })
      await dialog.getByLabel('What', { exact: true }).selectOption('Records under 42 CFR Part 2')
      await dialog.getByLabel('What it covers').fill('Substance use records, for her treatment here')
      await dialog.getByRole('button', { name: 'Record', exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
      const table = page.getByRole('table', { name: 'Consents' })
      const [row] = await once(
        () => cellsOf(table),
        (rows) => rows.length === 1 && rows[0]!.length > 5,
      )
      expect(row).toEqual(
        expect.arrayContaining([
          'Records under 42 CFR Part 2',
          await practice(region, 0),
          `${chart.given} ${chart.family}, patient`,
          'In writing',
          'Substance use records, for her treatment here',
          'Open',
          'Casey Clinician',
        ]),
      )

      await page.getByRole('link', { name: 'Chart', exact: true }).click()
      const problem = section(page, 'Problems').getByRole('listitem').filter({ hasText: 'Opioid use disorder' })
      await problem.getByText('Part 2').waitFor()
      await page.getByText('This record which has been disclosed to you is protected by Federal confidentiality rules').waitFor()

      await page.getByRole('link', { name: 'Sharing and consent' }).click()
      await page.getByRole('button', { name: /^Revoke: Records under 42 CFR Part 2/ }).click()
      await page.getByRole('dialog').getByText('sees these protected records no more').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
      await table.getByText('Ended').waitFor()
      await arrive(page, chart)
      expect(await page.getByText('Opioid use disorder').count()).toBe(0)
      expect(await page.getByText('Federal confidentiality rules').count()).toBe(0)
      expect(await tracesOf(visit, [chart.family, chart.given])).toEqual([])
    }),
    60_000,
  )

  test(
    'a clinician shares problems and medicines of a chart with another practice; protected parts cannot be chosen without consent',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      const chart = await ofFirst(region)
      await arrive(page, chart, '/sharing')
      await page.getByRole('button', { name: 'Share this chart' }).click()
      const dialog = page.getByRole('dialog', { name: 'Share this chart' })
      const elsewhere = await practice(region, 1)
      const choice = dialog.getByLabel('Practice', { exact: true }).getByRole('option', { name: elsewhere })
      await choice.waitFor({ state: 'attached' })
      await dialog.getByLabel('Practice', { exact: true }).selectOption((await choice.getAttribute('value'))!)
      expect(await dialog.getByLabel('Records under 42 CFR Part 2').isDisabled()).toBe(true)
      await dialog.getByText('no written consent to this practice is on record').first().waitFor()
      await dialog.getByLabel('Allergies').uncheck()
      await dialog.getByRole('button', { name: 'Share', exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
      const rows = await once(
        () => cellsOf(page.getByRole('table', { name: 'Shared with' })),
        (all) => all.length === 1 && all[0]!.length > 5,
      )
      expect(rows[0]).toEqual(expect.arrayContaining([elsewhere, 'Medicines, Problems', 'Treatment', 'Casey Clinician', 'Open']))
    }),
    60_000,
  )

  test(
    'the other practice finds the chart under Shared with us, sees those parts only, and why; not in its registry',
    walk({ as: 'clinicianElsewhere' }, async (visit) => {
      const { page, region } = visit
      const chart = await ofFirst(region)
      const owner = await practice(region, 0)
      await goToShared(page)
      await page.getByText('1 chart of other practices is open to you.').waitFor()
      await page.getByRole('link', { name: `${chart.family}, ${chart.given}` }).click()
      await stands(page, `${chart.family}, ${chart.given}`)
      await page.getByText(`A chart of ${owner}`).first().waitFor()
      await page.getByText(`They shared problems, medicines. Everything else stays with ${owner}`).waitFor()
      await section(page, 'Problems').getByRole('listitem').first().waitFor()
      await section(page, 'Medicines').waitFor()
      for (const closed of ['Allergies', 'Values', 'Timeline', 'Coverage', 'Gaps', 'Care team', 'Disclosures', 'Who looked'])
        expect({ closed, shown: await section(page, closed).count() }).toEqual({ closed, shown: 0 })
      const main = await page.getByRole('main').innerText()
      expect(main).not.toContain(chart.recordNumber)
      expect(main).not.toContain('not on file')
      expect(main).not.toContain('Opioid')
      await section(page, 'Why can I see this?').getByText(`${owner} shared medications, problems with your practice.`).waitFor()
      expect(await page.getByRole('button', { name: 'Emergency' }).count()).toBe(0)
      // Nothing to record, share or revoke there.
      await page.getByRole('link', { name: 'Sharing and consent' }).click()
      await section(page, 'Why can I see this?').waitFor()
      expect(await page.getByRole('button', { name: /Record|Share|Revoke/ }).count()).toBe(0)
      expect(await tracesOf(visit, [chart.family])).toEqual([])
    }),
    60_000,
  )

  test(
    'whoever shared it stops sharing, and from the next look on it is a chart that never was',
    walk({ as: 'practiceAdministrator' }, async ({ page, region }) => {
      const chart = await ofFirst(region)
      await arrive(page, chart, '/sharing')
      const audience = page.getByRole('table', { name: 'Who can see this chart' })
      const elsewhere = await practice(region, 1)
      await once(
        () => cellsOf(audience),
        (rows) =>
          rows.some((cells) => cells.includes(elsewhere) && cells.includes('Shared')) &&
          rows.some((cells) => cells.includes('Ada Administrator')),
      )
      await page.getByRole('button', { name: `Stop sharing with ${elsewhere}` }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click()
      await page.getByRole('table', { name: 'Shared with' }).getByText('Ended').waitFor()
    }),
    60_000,
  )

  test(
    'the other practice sees it no more',
    walk({ as: 'clinicianElsewhere' }, async ({ page, region }) => {
      const { id } = await ofFirst(region)
      await goToShared(page)
      await page.getByText('No chart is shared with your practice').waitFor()
      for (const path of [`/patients/${id}`, `/patients/${id}/sharing`]) {
        await page.goto(path)
        await page.getByText('This chart is not here').waitFor()
      }
    }),
  )

  test(
    'hardening 19: in an emergency a clinician elsewhere opens the chart with a reason, and with a wrong name nothing',
    walk({ as: 'clinicianElsewhere' }, async (visit) => {
      const { page, region } = visit
      const chart = await ofFirst(region)
      const [{ born }] = (await region.sql<{ born: string }>('select birth_date::text as born from patient where id = $1', [chart.id])) as [
        { born: string },
      ]
      const owner = await practice(region, 0)
      await goTo(page, 'Emergencies')
      await page.getByRole('button', { name: 'Open a chart in an emergency' }).click()
      const dialog = page.getByRole('dialog', { name: 'Open a chart in an emergency' })
      await dialog.getByText('Only in an emergency, and your name is on it').waitFor()
      const choice = dialog.getByLabel('Practice that keeps the chart').getByRole('option', { name: owner })
      await choice.waitFor({ state: 'attached' })
      await dialog.getByLabel('Practice that keeps the chart').selectOption((await choice.getAttribute('value'))!)
      await dialog.getByLabel('Family name').fill('Nobody')
      await dialog.getByLabel('Given name').fill(chart.given)
      await dialog.getByLabel('Date of birth').fill(born)
      await dialog.getByLabel('What the emergency is').fill('urgent')
      const open = dialog.getByRole('button', { name: 'Open for four hours' })
      await open.click()
      // The browser holds back a reason that is none.
      expect(await dialog.getByRole('alert').count()).toBe(0)
      await dialog.getByLabel('What the emergency is').fill('Unconscious in our emergency room')
      await open.click()
      await dialog.getByText('No chart was opened.').waitFor()
      await dialog.getByLabel('Family name').fill(chart.family)
      await open.click()
      await stands(page, `${chart.family}, ${chart.given}`)
      await page.getByText(`You opened this chart of ${owner} in an emergency`).waitFor()
      await section(page, 'Problems').getByText('Opioid use disorder').waitFor()
      await page.getByText('Federal confidentiality rules').waitFor()
      await section(page, 'Why can I see this?').getByText(`You opened it in an emergency; ${owner} was told.`).waitFor()
      expect(await tracesOf(visit, [chart.family])).toEqual([])
    }),
    60_000,
  )

  test(
    "hardening 19: the practice's administrator finds who, which chart and why, and contests it",
    walk({ as: 'practiceAdministrator' }, async ({ page, region }) => {
      const chart = await ofFirst(region)
      await goTo(page, 'Emergencies')
      await page.getByText('1 chart was opened in an emergency; 1 open now.').waitFor()
      await page.getByRole('table', { name: 'Emergencies' }).getByText('Ellis Elsewhere').click()
      const panel = page.getByRole('complementary', { name: 'Emergency access' })
      await panel.getByText('Unconscious in our emergency room').waitFor()
      await panel.getByRole('link', { name: `${chart.family}, ${chart.given}` }).waitFor()
      await panel.getByText(`Ellis Elsewhere, ${await practice(region, 1)}`).waitFor()
      await panel.getByRole('button', { name: 'Contest' }).click()
      const dialog = page.getByRole('dialog', { name: 'Contest this access' })
      await dialog.getByLabel('Why it was no emergency').fill('She was at home that day')
      await dialog.getByRole('button', { name: 'Contest' }).click()
      await panel.getByText('Contested by Ada Administrator').waitFor()
      await panel.getByText('She was at home that day').waitFor()
      expect(await panel.getByRole('button', { name: 'Contest' }).count()).toBe(0)
      // It ended and stands in what was disclosed.
      await panel.getByRole('link', { name: `${chart.family}, ${chart.given}` }).click()
      await section(page, 'Disclosures').getByText('emergency').first().waitFor()
    }),
    60_000,
  )

  test(
    'who opened it sees that it was contested, and the chart no more',
    walk({ as: 'clinicianElsewhere' }, async ({ page, region }) => {
      const { id } = await ofFirst(region)
      await goTo(page, 'Emergencies')
      await page.getByRole('table', { name: 'Emergencies' }).getByText('Contested').click()
      const panel = page.getByRole('complementary', { name: 'Emergency access' })
      await panel.getByText('She was at home that day').waitFor()
      expect(await panel.getByRole('button', { name: 'Contest' }).count()).toBe(0)
      await page.goto(`/patients/${id}`)
      await page.getByText('This chart is not here').waitFor()
    }),
  )

  test(
    'protected records of a chart of the own practice open in an emergency, to this person',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      const chart = await ofFirst(region)
      await labelProblem(region, chart.id)
      await arrive(page, chart)
      expect(await page.getByText('Opioid use disorder').count()).toBe(0)
      await page.getByRole('button', { name: 'Emergency' }).click()
      const dialog = page.getByRole('dialog', { name: 'Open protected records in an emergency' })
      await dialog.getByLabel('What the emergency is').fill('Overdose, needs her medicines now')
      await dialog.getByRole('button', { name: 'Open for four hours' }).click()
      await section(page, 'Problems').getByText('Opioid use disorder').waitFor()
      await goTo(page, 'Emergencies')
      await page.getByText('You opened 1 chart in an emergency; 1 open now.').waitFor()
    }),
    60_000,
  )

  for (const as of ['regionAdministrator', 'payerAnalyst', 'auditor'] satisfies Somebody[])
    test(
      `${as}: nothing of it in the menu, and no such page`,
      walk({ as }, async ({ page, region }) => {
        const { id } = await ofFirst(region)
        const pages = await page.getByRole('navigation', { name: 'Pages' }).innerText()
        expect(pages).not.toMatch(/Shared|Emergencies/)
        for (const path of ['/shared', '/emergencies', '/emergencies?break=1', `/patients/${id}`, `/patients/${id}/sharing`]) {
          await page.goto(path)
          await page.getByRole('heading', { level: 1, name: 'No such page' }).waitFor()
        }
      }),
    )
})
