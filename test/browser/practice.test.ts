import { newId } from '@carecommons/kernel'
import { fullestChart, tracesOf } from './charts.ts'
import { scriptOf, usefulAfter } from './measured.ts'
import { describeInBrowser } from './stage.ts'
import { columnOnce, falls, goTo, numbersIn, once, signIn, stands, trySignIn } from './steps.ts'

describeInBrowser('A clinician of a practice', (walk) => {
  test(
    'is refused in plain words with a wrong password, and arrives at Home with the right one',
    walk({}, async ({ page, region }) => {
      const { email, password } = region.users.clinician
      await trySignIn(page, email, 'not the password')
      const refusal = page.getByRole('alert')
      expect(await refusal.innerText()).toMatch(/^You are not signed in\s+This email address and password did not let you in\./)
      expect(await page.getByLabel('Email').inputValue()).toBe(email)
      expect(await page.getByLabel('Password').inputValue()).toBe('')

      await signIn(page, { name: '', email, password })
      await stands(page, 'Home')
      const [, listed] = /(\d+) patients.*\. Data through \d/.exec(await page.getByRole('main').innerText())!
      await page.getByRole('region', { name: 'Open gaps' }).getByRole('link').first().click()
      await stands(page, 'Registry')
      const behindIt = new RegExp(`with an open gap in .*, of ${listed}$`)
      const status = () => page.getByRole('status').innerText()
      expect(await once(status, (said) => behindIt.test(said))).toMatch(behindIt)
    }),
  )

  test(
    'prints an ordinary chart on one sheet',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      const [chart] = await region.sql<{ id: string; family: string }>(
        `select p.id, p.family_name as family from patient p join patient_summary s on s.practice_id = p.practice_id and s.patient_id = p.id
          where p.practice_id = $1 and not s.deceased
          order by abs(s.resource_count - (select percentile_disc(0.5) within group (order by resource_count) from patient_summary where practice_id = $1)), p.id limit 1`,
        [region.practiceIds[0]],
      )
      await page.goto(`/patients/${chart!.id}`)
      await page.getByRole('heading', { level: 1 }).getByText(chart!.family).waitFor()
      await page.getByRole('heading', { name: 'Timeline' }).waitFor()
      await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' })
      const sheets = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g)
      expect(sheets).toHaveLength(1)
    }),
  )

  test(
    'loads little to begin with',
    walk({ as: 'clinician' }, async ({ page }) => {
      for (const [path, came] of [
        ['/', 'a[href*="gap="]'],
        ['/registry', 'tbody tr'],
      ] as const) {
        const after = await usefulAfter(page, path, came)
        const script = await scriptOf(page)
        process.stdout.write(`${path}: useful after ${after} ms with ${script} kB of script\n`)
        expect(script).toBeLessThan(250)
      }
    }),
  )

  test(
    'sorts and filters the registry',
    walk({ as: 'clinician' }, async ({ page }) => {
      await goTo(page, 'Registry')
      const table = page.getByRole('table', { name: 'Registry' })
      await table.getByRole('button', { name: 'Age' }).click()
      await columnOnce(table, 'Age', (ages) => ages.length > 50 && falls(numbersIn(ages)))
      expect(await table.getByRole('columnheader', { name: 'Age', exact: true }).getAttribute('aria-sort')).toBe('descending')
      await table.getByRole('button', { name: 'Age' }).click()
      await columnOnce(table, 'Age', (ages) => ages.length > 50 && falls(numbersIn(ages).toReversed()))
      expect(await table.getByRole('columnheader', { name: 'Age', exact: true }).getAttribute('aria-sort')).toBe('ascending')
      await table.getByRole('button', { name: 'HbA1c' }).click()
      await columnOnce(table, 'HbA1c', (values) => numbersIn(values).length > 10 && falls(numbersIn(values)))

      const filter = page.getByLabel('Condition', { exact: true })
      const choice = await filter.getByRole('option', { name: /^Diabetes/ }).innerText()
      await filter.selectOption(choice)
      const conditions = await columnOnce(table, 'Conditions', (all) => all.every((one) => one.includes('Diabetes')))
      expect(choice).toBe(`Diabetes (${conditions.length})`)
      expect(await page.getByRole('status').innerText()).toContain(`${conditions.length} patients fit, of`)
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await columnOnce(table, 'Conditions', (all) => all.length > conditions.length)
    }),
  )

  test(
    'finds a patient by name, and the browser keeps no trace of the search',
    walk({ as: 'clinician' }, async (visit) => {
      const { page, region } = visit
      const { family, given } = await fullestChart(region, region.practiceIds[0])
      await goTo(page, 'Registry')
      await page.keyboard.press('/')
      await page.keyboard.type(`${family.toLowerCase()} ${given.slice(0, 3).toLowerCase()}`)
      const table = page.getByRole('table', { name: 'Registry' })
      await columnOnce(table, 'Patient', (names) => names.length === 1 && names[0] === `${family}, ${given}`)
      await table.getByRole('link').click()
      await page.getByRole('complementary', { name: family }).waitFor()
      expect(await tracesOf(visit, [family, given])).toEqual([])

      await page.getByLabel('Search patients').fill('nobody of that name')
      await page.getByText('Nobody fits these filters').waitFor()
    }),
  )

  test(
    'scrolls on to the last patient',
    walk({ as: 'clinician' }, async ({ page }) => {
      await goTo(page, 'Registry')
      const table = page.getByRole('table', { name: 'Registry' })
      const all = Number(await table.getAttribute('aria-rowcount'))
      const rows = table.getByRole('row')
      expect(await rows.count()).toBe(101)
      expect(all).toBeGreaterThan(101)
      await table.hover()
      await page.mouse.wheel(0, 100_000)
      await once(
        () => rows.count(),
        (count) => count === all,
      )
    }),
  )

  test(
    'opens a row beside the table by keyboard, moves on, and closes it again',
    walk({ as: 'clinician' }, async ({ page }) => {
      await goTo(page, 'Registry')
      const links = page.getByRole('table', { name: 'Registry' }).getByRole('link')
      const [, second, third] = await links.allInnerTexts()
      await links.first().focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: second! }).getByRole('heading', { name: 'Problems' }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.getByRole('complementary', { name: third! }).getByRole('link', { name: 'Open the whole chart' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('complementary').waitFor({ state: 'detached' })
      expect(await page.locator(':focus').innerText()).toBe(third)
    }),
  )

  test(
    'reads a whole chart on one page',
    walk({ as: 'clinician' }, async (visit) => {
      const { page, region } = visit
      const { id, family, given, recordNumber } = await fullestChart(region, region.practiceIds[0])
      await page.goto(`/patients/${id}`)
      await stands(page, `${family}, ${given}`)
      const section = (name: string) => page.getByRole('region', { name, exact: true })
      expect(await page.getByRole('main').innerText()).toContain(recordNumber)
      expect(await section('Problems').getByRole('listitem').count()).toBeGreaterThan(1)
      expect(await section('Medicines').getByRole('listitem').count()).toBeGreaterThan(1)
      expect(await section('Timeline').getByRole('listitem').count()).toBeGreaterThan(5)
      expect(
        await section('Values')
          .getByRole('img', { name: /values since/ })
          .count(),
      ).toBeGreaterThan(1)
      for (const name of ['Allergies', 'Immunizations', 'Care team', 'Coverage']) await section(name).waitFor()
      await section('Values').getByRole('button', { name: 'Show as table' }).click()
      await section('Values').getByRole('table', { name: 'Blood pressure' }).waitFor()

      const gap = section('Gaps').getByRole('listitem').first()
      expect(await gap.innerText()).toMatch(/^(Open|Met|Left out) /)
      await gap.getByText(/^Why: /).click()
      await gap.getByRole('listitem').first().waitFor()
      expect(await tracesOf(visit, [family, given])).toEqual([])
    }),
  )

  test(
    'compares the practice with the region, drawn and as a table',
    walk({ as: 'clinician' }, async ({ page }) => {
      await goTo(page, 'Measures')
      const comparison = page.getByRole('region', { name: 'You, the region and the other practices' })
      const drawn = await comparison
        .getByRole('img', { name: /: / })
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
      expect(drawn).toHaveLength(11)
      await comparison.getByRole('button', { name: 'Show as table' }).click()
      const rows = comparison.locator('tbody').getByRole('row')
      expect(await rows.count()).toBe(11)
      for (const [index, spoken] of drawn.entries()) {
        // The region's rate is told where enough other practices stand behind it.
        const [, title, own] = /^(.+): (?:you (\d+)%|no rate)(?:, region \d+%)?$/.exec(spoken)!
        const [head, , rate] = (await rows.nth(index).innerText()).split('\t')
        expect(head).toBe(title)
        if (own === undefined) expect(rate).toBe('')
        else expect(Math.abs(Number.parseFloat(rate!) - Number(own))).toBeLessThanOrEqual(0.5)
      }
      await comparison.getByRole('button', { name: 'Show as chart' }).click()
      await comparison.getByRole('img').first().waitFor()
    }),
  )

  test(
    'meets a chart of another practice as one that never was, and no page of another role',
    walk({ as: 'clinician' }, async (visit) => {
      const { page, region } = visit
      const foreign = await fullestChart(region, region.practiceIds[1])
      const seen: string[] = []
      for (const id of [newId(), foreign.id]) {
        await page.goto(`/patients/${id}`)
        await page.getByText('This chart is not here').waitFor()
        await stands(page, 'Patient')
        seen.push(`${await page.title()}\n${await page.locator('body').ariaSnapshot()}`)
      }
      expect(seen[1]).toBe(seen[0])
      await page.goto(`/registry?open=${foreign.id}`)
      await page.getByRole('complementary').getByText('This chart is not here').waitFor()
      expect(await tracesOf(visit, [foreign.family])).toEqual([])
      for (const path of ['/runs', '/performance', '/overview']) {
        await page.goto(path)
        await stands(page, 'No such page')
      }
      expect((await page.request.get('/exports/performance.csv')).status()).toBe(403)
    }),
  )
})
