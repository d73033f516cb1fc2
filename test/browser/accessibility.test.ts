import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { everyPage } from './pages.ts'
import { describeInBrowser } from './stage.ts'

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describeInBrowser('WCAG 2.2 AA holds in light and dark', (walk) => {
  for (const { as, places } of everyPage) {
    test(
      `on ${places.map(({ name }) => name).join(', ')}`,
      walk({ ...(as && { as }) }, async ({ page, region }) => {
        const violations: string[] = []
        for (const { name, arrive } of places) {
          await arrive(page, region)
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme })
            violations.push(...(await violationsOn(page)).map((one) => `${name}, ${colorScheme}: ${one}`))
          }
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
async function violationsOn(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(WCAG_2_2_AA)
    .setLegacyMode()
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
}
