import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import type { DemoRegion } from '../support/region.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, once, stands } from './steps.ts'

const folder = join(process.env['COMMONS_FIXTURES'] ?? resolve(import.meta.dirname, '../../../shared'), 'measures/CMS122')
const year = String(new Date().getFullYear() - 1)
/** A job on a busy machine. */
const patient = { timeout: 120_000 }

const part = (page: Page, name: string) => page.getByRole('region', { name })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

/** One worker for all journeys. */
let isWorking = false
async function working(region: DemoRegion): Promise<void> {
  if (!isWorking) await region.work()
  isWorking = true
}

describeInBrowser("The region's analyst", (walk) => {
  test('has the published measure where it is required', () => expect(existsSync(folder) || !process.env['CI']).toBe(true))
  if (existsSync(folder)) {
    test(
      'loads a package, reads it, runs its deck, compares it on live charts, activates it and watches the run',
      walk({ as: 'regionAnalyst' }, async ({ page, region, takeTroubles }) => {
        await working(region)
        await goTo(page, 'Measures')
        await page.getByText(/^11 measures are in force/).waitFor()
        await page.getByRole('main').getByRole('button', { name: 'Load a package' }).click()
        const loading = dialog(page, 'Load a package')
        // What is no package is refused where it was chosen.
        await loading
          .getByLabel('File')
          .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"resourceType":"Bundle"') })
        await loading.getByRole('button', { name: 'Load a package' }).click()
        await loading.getByText(/is cut off/).waitFor(patient)
        // The browser tells of a refusal, too.
        expect(takeTroubles()).toEqual([expect.stringContaining('422')])
        await loading.getByLabel('File').setInputFiles(join(folder, 'package.json.gz'))
        await loading.getByRole('button', { name: 'Load a package' }).click()
        await page.getByRole('heading', { level: 1, name: /Glycemic Status/ }).waitFor(patient)

        const logic = part(page, 'Populations and logic')
        await logic.getByText('Numerator', { exact: true }).first().click()
        await logic.getByText('"Has Most Recent Elevated Glycemic Status Assessment"').waitFor()
        expect(await part(page, 'Value sets').getByRole('row').count()).toBeGreaterThan(20)
        expect(await part(page, 'Data it asks for').innerText()).toContain('start of period')

        await part(page, 'Test cases').getByRole('button', { name: 'Run a deck' }).click()
        await dialog(page, 'Run a deck').getByLabel('File').setInputFiles(join(folder, 'cases.ndjson.gz'))
        await dialog(page, 'Run a deck').getByRole('button', { name: 'Run a deck' }).click()
        await part(page, 'Test cases').getByText('42 passed, none failed').waitFor(patient)

        await part(page, 'Compared on live charts').getByRole('button', { name: 'Compare' }).click()
        const comparing = dialog(page, 'Compare')
        const starter = await comparing.getByRole('option', { name: /poor glycemic/i }).getAttribute('value')
        await comparing.getByLabel('Compare with').selectOption(starter)
        await comparing.getByLabel('Year').selectOption(year)
        await comparing.getByRole('button', { name: 'Compare' }).click()
        const moves = part(page, 'Compared on live charts').getByRole('table')
        await moves.waitFor(patient)
        for (const cell of await moves.getByRole('cell').allInnerTexts()) expect(cell).not.toMatch(/^([1-9]|10)$/)

        await page.getByRole('main').getByRole('button', { name: 'Agree and activate' }).click()
        const agreeing = dialog(page, /in force$/)
        await agreeing.getByLabel('First year').selectOption(year)
        await agreeing.getByLabel('Last year').selectOption(year)
        await agreeing.getByLabel('Agreed with').fill('Quality committee, 12 March')
        await agreeing.getByLabel('Which way is better').selectOption('DECREASE')
        await agreeing.getByRole('button', { name: 'Agree and activate' }).click()
        await part(page, 'Agreed on').getByText('Quality committee, 12 March').waitFor()

        await page.goto(`/measures?year=${year}`)
        await page.getByText(`12 measures are in force for ${year}.`).waitFor()
        await goTo(page, 'Runs')
        await page.getByRole('main').getByRole('button', { name: 'Start a run' }).click()
        await dialog(page, 'Start a run').getByLabel('Period').selectOption(year)
        await dialog(page, 'Start a run').getByRole('button', { name: 'Start a run' }).click()
        await page.getByRole('complementary').getByText('Published', { exact: true }).waitFor(patient)
        await page
          .getByRole('complementary')
          .getByText(/Glycemic Status/)
          .waitFor()
      }),
      400_000,
    )

    test(
      'is followed by the practice: the new measure, its own movers by name, and the reason in a chart',
      walk({ as: 'clinician' }, async ({ page }) => {
        await goTo(page, 'Measures')
        await page
          .getByText(/Glycemic Status/)
          .first()
          .waitFor()
        const movers = page.getByRole('table', { name: 'If a version changes' })
        await movers.getByRole('link').first().click()
        await page.getByRole('heading', { name: /gaps/i }).waitFor()
      }),
      120_000,
    )
  }

  test(
    'writes a measure with a mistake, sees it marked, mends it, tries it and publishes it',
    walk({ as: 'regionAnalyst' }, async ({ page, region }) => {
      await working(region)
      await goTo(page, 'Measures')
      await page.getByRole('button', { name: 'Write a measure' }).click()
      await stands(page, 'Write a measure')
      await page.getByText('No mistakes found.').waitFor(patient)
      await page.getByLabel('Title').fill('Seniors seen')
      const editor = page.getByRole('textbox', { name: 'CQL of the measure' })
      await editor.click()
      await page.keyboard.press('Control+End')
      await page.keyboard.insertText('\ndefine "Broken": AgeInYear()')
      await page.getByText('1 mistake found').waitFor(patient)
      expect(
        await page
          .getByText(/AgeInYear cannot be applied/)
          .first()
          .innerText(),
      ).toMatch(/^Line \d+, column 18:/)
      await page.locator('.cm-lintRange-error').waitFor()
      await page.keyboard.press('Shift+Home')
      await page.keyboard.press('Backspace')
      await page.getByText('No mistakes found.').waitFor(patient)
      // Names are completed.
      await page.keyboard.insertText('define "Found": "Num')
      await page.keyboard.press('Control+Space')
      await page.getByRole('option', { name: '"Numerator"' }).click()
      await once(
        () => editor.innerText(),
        (text) => text.includes('define "Found": "Numerator"'),
      )
      await page.getByText('No mistakes found.').waitFor(patient)
      await page.getByRole('button', { name: 'Save' }).click()
      await stands(page, 'Seniors seen')
      await page.getByRole('button', { name: 'Try it' }).click()
      await dialog(page, /sample/)
        .getByLabel('Year')
        .selectOption(year)
      await dialog(page, /sample/)
        .getByRole('button', { name: 'Try it' })
        .click()
      const trial = page.getByRole('table', { name: `Trial over ${year}` })
      await trial.waitFor(patient)
      for (const cell of await trial.getByRole('cell').allInnerTexts()) expect(cell).toMatch(/^(0|1[1-9]|[2-9]\d|\d{3}|hidden.*)$/)
      await page.getByRole('button', { name: 'Publish' }).click()
      await page.getByRole('heading', { level: 1, name: 'Seniors seen' }).waitFor(patient)
      await part(page, 'CQL').getByText('define "Found": "Numerator"').waitFor()
    }),
    400_000,
  )

  test.each(['clinician', 'careManager', 'payerAnalyst', 'regionAdministrator'] as const)('%s finds none of these pages', async (as) =>
    walk({ as }, async ({ page, takeTroubles }) => {
      for (const path of ['/measure-drafts/new', `/measures/${'a'.repeat(64)}`]) {
        await page.goto(path)
        await stands(page, 'No such page')
      }
      const answer = await page.evaluate(async () => {
        const response = await fetch('/uploads/measure-package', { method: 'POST', headers: { 'x-commons': 'web' }, body: '{}' })
        return response.status
      })
      expect(answer).toBe(403)
      // The browser tells of a refusal, too.
      expect(takeTroubles().every((trouble) => trouble.includes('403'))).toBe(true)
    })(),
  )
})
