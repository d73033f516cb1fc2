import { describeInBrowser } from './stage.ts'

// That no page asks anything of strangers or complains is part of every journey (`stage.ts`); here is what would happen if one did.
describeInBrowser('The content policy', (walk) => {
  test(
    'refuses what is not ours, and whoever watches the browser is told',
    walk({}, async ({ page, takeTroubles }) => {
      const response = await page.goto('/')
      const policy = response!.headers()['content-security-policy']
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')

      await page.evaluate(
        `document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.wasRun = true' }))`,
      )
      expect(await page.evaluate('globalThis.wasRun')).toBeUndefined()
      expect(takeTroubles()).toEqual([expect.stringMatching(/inline script violates .* Content Security Policy/)])

      await page.evaluate(`document.body.setAttribute('style', 'color: red')`)
      expect(takeTroubles()).toEqual([expect.stringMatching(/inline style violates .* Content Security Policy/)])

      await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => undefined))
      expect(takeTroubles().join('\n')).toMatch(/127\.0\.0\.1:9.* violates .* Content Security Policy/)
    }),
  )

  test(
    'would be nothing without somebody who looks: strangers, errors and exceptions fail a journey',
    walk({}, async ({ page, takeTroubles }) => {
      await page.evaluate(() => {
        console.error('out of order')
        setTimeout(() => {
          throw new Error('thrown away')
        })
      })
      await page.waitForFunction(() => true)
      expect(takeTroubles()).toEqual(['error: out of order', 'thrown: thrown away'])
      const stranger = await page.context().newPage()
      await stranger.goto('http://127.0.0.1:9/').catch(() => undefined)
      expect(takeTroubles()).toContain('asked of a stranger: http://127.0.0.1:9/')
    }),
  )
})
