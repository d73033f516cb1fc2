import { everyPage } from './pages.ts'
import { describeInBrowser } from './stage.ts'

describeInBrowser('A page', ({ walk, region }) => {
  test(
    'comes with a content policy, which refuses what is not ours and tells of it',
    walk({}, async ({ page, takeTroubles }) => {
      const response = await page.goto('/')
      const policy = response!.headers()['content-security-policy']
      expect(policy).toContain("default-src 'self'")
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
      await page.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = 'globalThis.wasRun = true'
        document.body.append(script)
      })
      expect(await page.evaluate(() => 'wasRun' in globalThis)).toBe(false)
      expect(takeTroubles()).toEqual([expect.stringContaining('Content Security Policy')])

      await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => undefined))
      expect(takeTroubles().join()).toContain('Content Security Policy')
    }),
  )

  for (const { name, arrive, ...person } of everyPage) {
    test(
      `${name}: asks nothing of strangers and complains of nothing`,
      walk(person, async ({ page, addresses, takeTroubles }) => {
        await arrive(page, region())
        await page.evaluate(() => document.fonts.ready)
        expect(takeTroubles()).toEqual([])
        expect(addresses.filter((address) => !address.startsWith(region().url))).toEqual([])
      }),
    )
  }
})
