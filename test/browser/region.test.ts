import { newId } from '@carecommons/kernel'
import { fullestChart } from './charts.ts'
import { drawnIn } from './measured.ts'
import { plantMonths } from './planted-months.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, columnOnce, falls, goTo, numbersIn, once, rises, stands } from './steps.ts'

describeInBrowser('The coordinating body', (walk) => {
  test(
    'sees how the practices stand, drawn and as a table, and sorts the comparison',
    walk({ as: 'regionAdministrator' }, async ({ page }) => {
      await stands(page, 'Overview')
      expect(await page.getByRole('main').innerText()).toMatch(/3 practices, \d+ people counted once, 6 payers\./)
      const funnels = page.getByRole('region', { name: 'Practices against the region' })
      expect(await funnels.getByRole('img').count()).toBe(11)
      await funnels.getByRole('button', { name: 'Show as table' }).click()
      const told = await funnels.locator('tbody').getByRole('row').count()
      // Of the smaller practices some count ten people or fewer.
      expect(told).toBeGreaterThan(11)

      // A small practice may have nobody in a measure.
      const table = page.getByRole('table', { name: 'Practices', exact: true })
      expect((await cellsOf(table)).flat().filter((cell) => cell.endsWith('%'))).toHaveLength(told)
      const sort = async (head: string, direction: 'ascending' | 'descending') => {
        const column = table.getByRole('columnheader', { name: head })
        await column.getByRole('button').click()
        await column.and(page.locator(`[aria-sort=${direction}]`)).waitFor()
      }
      // Those furthest on the wrong side first.
      await sort('poor glycemic control', 'descending')
      await columnOnce(table, 'Diabetes', (all) => all.length === 3 && falls(numbersIn(all)))
      await sort('blood pressure control', 'ascending')
      await columnOnce(table, 'Hypertension', (all) => rises(numbersIn(all)))
      await sort('Charts', 'descending')
      await columnOnce(table, 'Charts', (all) => falls(numbersIn(all)))
      await sort('Practice', 'ascending')
      await columnOnce(table, 'Practice', (names) => names.join() === names.toSorted().join())
    }),
  )

  test(
    'sees every practice over two years, measure by measure, and what the figures rest on',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      await stands(page, 'Overview')
      const records = page.getByRole('region', { name: 'What the figures rest on' })
      const rows = await cellsOf(records.getByRole('table'))
      expect(rows).toHaveLength(3)
      expect(Number(rows[0]![1]!.replace(',', ''))).toBeGreaterThan(10)
      await goTo(page, 'Progress')
      await page.getByText('No two years to show yet').waitFor()
      await plantMonths(region)
      await page.reload()
      await page.getByText(/^Against a year ago, of \d+ comparisons of a practice with itself \d+ (is|are) better and \d+ worse/).waitFor()
      const courses = page.getByRole('region', { name: 'Two years of every practice' })
      expect(await courses.getByRole('img').count()).toBe(3)
      const measures = page.getByRole('table', { name: 'Every practice against its own past' })
      const second = measures.getByRole('link').nth(1)
      const title = (await second.textContent())!
      await second.press('Enter')
      await courses.getByText(title).waitFor()
      await courses.getByRole('button', { name: 'Show as table' }).press('Enter')
      expect((await cellsOf(courses.getByRole('table'))).map((cells) => cells.at(-1))).toEqual(['better', 'better', 'better'])
    }),
  )

  test(
    'starts a run and watches it until its figures are published, without loading the page anew',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const year = String(new Date().getFullYear() - 2)
      await stands(page, 'Overview')
      await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
      await goTo(page, 'Runs')
      await page.getByRole('main').getByRole('button', { name: 'Start a run' }).click()
      const dialog = page.getByRole('dialog', { name: 'Start a run' })
      await dialog.getByLabel('Period').selectOption(year)
      await dialog.getByRole('button', { name: 'Start a run' }).click()
      await dialog.waitFor({ state: 'detached' })

      const panel = page.getByRole('complementary', { name: `Run of ${year}` })
      const bar = panel.getByRole('progressbar', { name: 'Charts read' })
      await bar.waitFor()
      await page.getByRole('status').getByText('1 run is working now.').waitFor()
      await region.work()
      await panel.getByText('Published', { exact: true }).waitFor({ timeout: 90_000 })
      await bar.waitFor({ state: 'detached' })
      const row = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: year })
      await row.getByRole('cell', { name: 'Published' }).waitFor()
      await page.getByRole('status').getByText(`The latest run, ${year}, is published.`).waitFor()

      await goTo(page, 'Overview')
      const periods = page.getByLabel('Period')
      await once(
        () => periods.getByRole('option').allInnerTexts(),
        (years) => years.includes(year),
      )
      await periods.selectOption(year)
      await page.getByRole('region', { name: 'Practices against the region' }).getByText(`${year}. Dashed: region.`).waitFor()
      expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true)
    }),
    150_000,
  )

  test(
    'has no page about a patient',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const { id } = await fullestChart(region, region.practiceIds[0])
      const seen: string[] = []
      for (const path of ['/no-such-page', '/registry', `/patients/${newId()}`, `/patients/${id}`, '/measures']) {
        await page.goto(path)
        await stands(page, 'No such page')
        seen.push(await page.locator('body').ariaSnapshot())
      }
      expect(new Set(seen).size).toBe(1)
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await palette.getByRole('combobox').fill('patient')
      await palette.getByText('Nothing fits.').waitFor()
    }),
  )

  for (const as of ['regionAdministrator', 'regionAnalyst'] as const)
    test(
      `finds no way to a patient: no link of any page leads to one, and nothing that a page is told names one (${as})`,
      walk({ as }, async ({ page, region, addresses }) => {
        const told: Promise<string>[] = []
        page.on('response', (response) => {
          // A subscription's answer has no end.
          if (response.headers()['content-type']?.includes('json')) told.push(response.text().catch(() => 'left before it came'))
        })
        const links = new Set<string>(['/'])
        const kindOf = (link: string) => link.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g, ':id').replace(/=[^&]*/g, '')
        const seen = new Set<string>()
        for (const link of links) {
          if (seen.has(kindOf(link))) continue
          seen.add(kindOf(link))
          await page.goto(link)
          const title = page.getByRole('heading', { level: 1 })
          await title.waitFor()
          await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' })
          expect([link, await title.innerText()]).not.toEqual([link, 'No such page'])
          told.push(page.content())
          await Promise.all(told)
          const found = await page
            .locator('a[href^="/"]')
            .evaluateAll((all: readonly { getAttribute(name: string): string | null }[]) => all.map((one) => one.getAttribute('href')!))
          for (const to of found) links.add(to)
        }
        expect(seen.size).toBeGreaterThan(5)
        const charts = await region.sql<{ id: string; person: string; name: string }>(
          `select id, person_id as person, family_name || ', ' || given_name as name from patient`,
        )
        const all = [...(await Promise.all(told)), ...addresses].join('\n')
        const named = charts.flatMap((chart) => Object.values(chart)).filter((word) => word !== null && all.includes(word))
        expect(named).toEqual([])
      }),
      60_000,
    )

  test(
    'has forty practices drawn at once',
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      await region.sql(
        `with made as (
           insert into organization select (jsonb_populate_record(o, jsonb_build_object('id', uuidv7(), 'name', 'Practice ' || n, 'slug', 'practice-' || n))).*
             from organization o cross join generate_series(1, 37) n where o.id = $1 returning id, name)
         insert into score select (jsonb_populate_record(s, jsonb_build_object('id', uuidv7(), 'practice_id', m.id, 'initial_population', 4000,
                  'denominator', 1000 + 100 * n, 'denominator_exclusion', 0, 'denominator_exception', 0, 'numerator', 300 + 45 * n))).*
           from score s cross join (select id, row_number() over (order by name)::int as n from made) m where s.practice_id = $1`,
        [region.practiceIds[0]],
      )
      await page.reload()
      await stands(page, 'Overview')
      const funnels = page.getByRole('region', { name: 'Practices against the region' })
      expect(await funnels.getByRole('img', { name: /40 practices/ }).count()).toBe(11)
      await region.sql('delete from month_score; delete from month_state')
      await plantMonths(region)
      await goTo(page, 'Progress')
      const courses = page.getByRole('region', { name: 'Two years of every practice' })
      expect(await courses.getByRole('img').count()).toBe(40)
      process.stdout.write(`25 months of 40 practices are drawn in ${await drawnIn(courses)} ms\n`)
      await goTo(page, 'Overview')
      await funnels.waitFor()
      process.stdout.write(`funnels of 11 measures with 40 practices each are drawn in ${await drawnIn(funnels)} ms\n`)
    }),
  )
})
