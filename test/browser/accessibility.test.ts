import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { everyPage } from './pages.ts'
import { describeInBrowser } from './stage.ts'

/** Rules that look at colours. */
const COLOURS = ['color-contrast', 'link-in-text-block']
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describeInBrowser('WCAG 2.2 AA holds in light and dark', (walk) => {
  for (const { as, places } of everyPage) {
    test(
      `on ${places.map(({ name }) => name).join(', ')}`,
      walk({ ...(as && { as }) }, async ({ page, region }) => {
        const violations: string[] = []
        for (const { name, arrive } of places) {
          await arrive(page, region)
          await page.emulateMedia({ colorScheme: 'light' })
          violations.push(...(await violationsOn(page)).map((one) => `${name}, light: ${one}`))
          const light = await everythingOn(page)
          await page.emulateMedia({ colorScheme: 'dark' })
          // Where all stands as it stood, nothing has changed but colours.
          const rules = (await everythingOn(page)) === light ? COLOURS : undefined
          violations.push(...(await violationsOn(page, rules)).map((one) => `${name}, dark: ${one}`))
        }
        expect(violations).toEqual([])
      }),
      180_000,
    )
  }
})

/**
 * What axe finds wrong, where, and why. Told to keep to violations it does not carry every element that passed out of the browser; its
 * legacy mode leaves out frames of other origins, which the content policy forbids.
 */
async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (rules) axe.withRules(rules)
  else axe.withTags(WCAG_2_2_AA)
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
}

interface Element {
  readonly outerHTML: string
  checkVisibility(options: object): boolean
  getBoundingClientRect(): object
}

/** Every element, what it says, where it is and whether it is seen. */
const everythingOn = (page: Page): Promise<string> =>
  page
    .locator('html, html *')
    .evaluateAll((elements: readonly Element[]) =>
      JSON.stringify([
        elements[0]!.outerHTML,
        elements.map((one) => [one.getBoundingClientRect(), one.checkVisibility({ opacityProperty: true, visibilityProperty: true })]),
      ]),
    )
