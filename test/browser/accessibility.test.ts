import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { everyPage } from './pages.ts'
import { describeInBrowser } from './stage.ts'

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describeInBrowser('WCAG 2.2 AA, in light and dark', ({ walk }) => {
  for (const { name, arrive, ...person } of everyPage) {
    test(
      name,
      walk(person, async ({ page, region }) => {
        await arrive(page, region)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect({ colorScheme, violations: await violationsOn(page) }).toEqual({ colorScheme, violations: [] })
        }
      }),
    )
  }
})

/** What axe finds wrong, with where it is and why. */
async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_2_2_AA).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
}
