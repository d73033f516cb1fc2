import type { Page } from 'playwright-core'
import { everyPage } from './pages.ts'
import { describeInBrowser } from './stage.ts'
import { violationsOn } from './violations.ts'

/** Rules that look at colours. */
const COLOURS = ['color-contrast', 'link-in-text-block']

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
