import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Locator, Page } from 'playwright-core'

declare function requestAnimationFrame(then: () => void): void
declare const document: { querySelector(selector: string): object | null }

const web = resolve(import.meta.dirname, '../../web/dist')

/** What all script that the page has loaded weighs with gzip, in kB. */
export async function scriptOf(page: Page): Promise<number> {
  const paths = await page.evaluate<string[]>(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith('.js'))`,
  )
  return Math.round([...new Set(paths)].reduce((sum, path) => sum + gzipSync(readFileSync(join(web, path))).length, 0) / 1000)
}

/** Goes there anew; after how many ms what one came for was on screen. */
export async function usefulAfter(page: Page, path: string, selector: string): Promise<number> {
  await page.goto(path, { waitUntil: 'commit' })
  const there = await page.waitForFunction((came) => document.querySelector(came) !== null && performance.now(), selector, {
    polling: 'raf',
  })
  return Math.round((await there.jsonValue()) as number)
}

/** How many ms a section's charts take from nothing to paint: the least of five times. */
export async function drawnIn(section: Locator): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    await section.getByRole('button', { name: 'Show as table' }).click()
    const back = section.getByRole('button', { name: 'Show as chart' })
    times.push(
      await back.evaluate(async (button: { click(): void }) => {
        const began = performance.now()
        button.click()
        await new Promise<void>((painted) => requestAnimationFrame(() => setTimeout(painted)))
        return performance.now() - began
      }),
    )
  }
  return Math.round(Math.min(...times))
}
