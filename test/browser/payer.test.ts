import { readFileSync } from 'node:fs'
import { fullestChart } from './charts.ts'
import { describeInBrowser } from './stage.ts'
import { cellsOf, stands } from './steps.ts'

describeInBrowser('An analyst of a payer', (walk) => {
  test(
    'reads the region first, then practices, and no figure of a hidden row',
    walk({ as: 'payerAnalyst' }, async ({ page }) => {
      await stands(page, 'Performance')
      const rows = await cellsOf(page.getByRole('table', { name: 'By practice' }))
      const scopes = rows.map(([who]) => who === 'Whole region')
      const measures = new Set(rows.map(([, measure]) => measure)).size
      expect(measures).toBeGreaterThan(1)
      expect(scopes).toEqual(rows.map((_, index) => index < measures))
      const hidden = rows.filter((cells) => cells.some((cell) => cell.startsWith('hidden')))
      expect(hidden.length).toBeGreaterThan(0)
      expect(hidden.length).toBeLessThan(rows.length)
      for (const cells of hidden) expect(cells.slice(2)).toEqual([expect.stringMatching(/^hidden/)])
      for (const cells of rows.filter((one) => !hidden.includes(one)))
        for (const count of cells.slice(2, 7)) expect(Number(count) === 0 || Number(count) > 10).toBe(true)

      const rates = page.getByRole('region', { name: 'Your members in the region' })
      await rates.getByRole('button', { name: 'Show as table' }).click()
      const shown = rows.filter(([who]) => who === 'Whole region').map(([, measure, , , , , , rate]) => [measure, rate ?? ''])
      expect((await cellsOf(rates.getByRole('table'))).map(([measure, , rate]) => [measure, rate])).toEqual(shown)
    }),
  )

  test(
    'downloads the same rows, and nothing in them that a spreadsheet would run',
    walk({ as: 'payerAnalyst' }, async ({ page, region }) => {
      const formula = '=HYPERLINK("http://example.org","Cedar")'
      await region.sql('update organization set name = $1 where id = $2', [formula, region.practiceIds[0]])
      await stands(page, 'Performance')
      await page.reload()
      await stands(page, 'Performance')
      const rows = await cellsOf(page.getByRole('table', { name: 'By practice' }))
      expect(rows.map(([who]) => who)).toContain(formula)

      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()])
      const [head, ...lines] = recordsOf(readFileSync(await download.path(), 'utf8'))
      const at = (cells: readonly string[], name: string) => cells[head!.indexOf(name)]!
      const counts = ['initial_population', 'denominator', 'denominator_exclusion', 'denominator_exception', 'numerator']
      expect(
        lines.map((cells) => [
          at(cells, 'scope') === 'region' ? 'Whole region' : at(cells, 'practice').replace(/^'/, ''),
          ...(at(cells, 'hidden') === 'yes' ? ['hidden'] : [...counts.map((name) => at(cells, name)), percent(at(cells, 'rate'))]),
        ]),
      ).toEqual(rows.map(([who, , first, ...more]) => [who, ...(first!.startsWith('hidden') ? ['hidden'] : [first, ...more.slice(0, 5)])]))
      for (const cells of lines) {
        if (at(cells, 'hidden') === 'yes')
          for (const name of [...counts, 'rate', 'interval_low', 'interval_high']) expect(at(cells, name)).toBe('')
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }

      // Page and file name the same packages.
      await page.getByText('What these figures were computed with').click()
      const computed = page.getByRole('table', { name: 'What these figures were computed with' })
      await computed.waitFor()
      const named = await computed.locator('td > code').evaluateAll((all) => all.map((one) => (one as unknown as { title: string }).title))
      expect(new Set(named)).toEqual(new Set(lines.map((cells) => at(cells, 'package_hash'))))
    }),
  )

  test(
    'finds no way to a patient',
    walk({ as: 'payerAnalyst' }, async ({ page, region }) => {
      const { id, family } = await fullestChart(region, region.practiceIds[0])
      for (const path of ['/registry', `/registry?open=${id}`, `/patients/${id}`, '/runs', '/measures']) {
        await page.goto(path)
        await stands(page, 'No such page')
      }
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await palette.getByRole('combobox').fill(family)
      await palette.getByText('Nothing fits.').waitFor()
    }),
  )
})

const percent = (share: string): string => (share === '' ? 'nobody counted' : `${(Number(share) * 100).toFixed(1)}%`)

/** Quoted cells and all; written against RFC 4180, apart from the reader that the product has. */
function recordsOf(csv: string): string[][] {
  const records = csv.matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n))/g)
  const rows: string[][] = [[]]
  for (const [, text] of records) {
    const cell = text!.replace(/(,|\r\n)$/, '')
    rows.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (text!.endsWith('\n')) rows.push([])
  }
  return rows.filter((cells) => cells.length > 0)
}
