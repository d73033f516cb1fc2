import { everyPage } from './pages.ts'
import { describeInBrowser } from './stage.ts'
import { stands } from './steps.ts'

describeInBrowser('On a phone', (walk) => {
  for (const { as, places } of everyPage) {
    test(
      `nothing scrolls sideways: ${places.map(({ name }) => name).join(', ')}`,
      walk({ ...(as && { as }), on: 'phone' }, async ({ page, region }) => {
        const widths: [string, number, number][] = []
        for (const { name, arrive } of places) {
          await arrive(page, region)
          widths.push([name, ...(await page.evaluate<[number, number]>('[innerWidth, document.documentElement.scrollWidth]'))])
        }
        expect(widths).toEqual(places.map(({ name }) => [name, 390, 390]))
      }),
      60_000,
    )
  }

  test(
    'the pages are a bar at the bottom, in reach of a thumb however far one has scrolled',
    walk({ as: 'clinician', on: 'phone' }, async ({ page }) => {
      await stands(page, 'Home')
      await page.evaluate('document.scrollingElement.scrollTo(0, 100_000)')
      for (const title of ['Measures', 'Registry', 'Home']) {
        const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title, exact: true })
        const box = (await link.boundingBox())!
        expect(box.y).toBeGreaterThan(844 * 0.8)
        expect(box.y + box.height).toBeLessThanOrEqual(844)
        expect(Math.min(box.height, box.width)).toBeGreaterThanOrEqual(44)
        await link.tap()
        await stands(page, title)
      }
      await page.getByRole('button', { name: 'Menu' }).tap()
      await page.getByRole('button', { name: 'Sign out' }).tap()
      await stands(page, 'Sign in')
    }),
  )
})
