import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core'
import { findChromium, openBrowser } from '../support/chromium.ts'
import { type DemoRegion, demoRegion, type Somebody } from '../support/region.ts'
import { signIn } from './steps.ts'

/** A person at a browser of their own. */
export interface Visit {
  readonly page: Page
  readonly region: DemoRegion
  /** A second tab of the same browser. */
  newTab(): Promise<Page>
  /** Every address that was asked for or shown. */
  readonly addresses: readonly string[]
  /** What the browser complained of, or asked of strangers, until now. What is not taken fails the journey at its end. */
  takeTroubles(): string[]
}

export interface Person {
  /** Signed in, on their first page. Without it the visit starts at the sign-in page. */
  readonly as?: Somebody
  readonly on?: 'desk' | 'phone'
}

/** Makes the body of a test. */
export type Walk = (person: Person, journey: (visit: Visit) => Promise<void>) => () => Promise<void>

/** Journeys through one demo region with one browser. Tests of the same file follow each other in the same region. */
export function describeInBrowser(title: string, tests: (walk: Walk) => void): void {
  if (!findChromium()) return notRun(title, tests)
  describe(title, () => {
    let region: DemoRegion
    let browser: Browser
    beforeAll(async () => {
      region = await demoRegion({ practices: 3, patients: 260 })
      browser = await openBrowser()
    }, 300_000)
    afterAll(async () => {
      await browser?.close()
      await region?.close()
    })
    tests((person, journey) => () => walk(browser, region, person, journey))
  })
}

/** `npm test` installs Chromium where it can. Elsewhere journeys count as skipped; in continuous checks that is a failure. */
function notRun(title: string, tests: (walk: Walk) => void): void {
  const line = `not run: ${title}: Chromium is missing`
  if (process.env.CI === 'true') throw new Error(line)
  process.stderr.write(`${line}\n`)
  describe.skip(title, () => tests(() => () => Promise.reject(new Error(line))))
}

const DEVICES: Record<NonNullable<Person['on']>, BrowserContextOptions> = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
}

async function walk(
  browser: Browser,
  region: DemoRegion,
  { as, on = 'desk' }: Person,
  journey: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ ...DEVICES[on], baseURL: region.url, locale: 'en-US', reducedMotion: 'reduce' })
  context.setDefaultTimeout(15_000)
  const { addresses, takeTroubles } = watch(context, region.url)
  try {
    const page = await context.newPage()
    await page.goto('/')
    if (as) await signIn(page, region.users[as])
    await journey({ page, region, newTab: () => context.newPage(), addresses, takeTroubles })
    expect(takeTroubles()).toEqual([])
  } catch (error) {
    throw new Error(`Seen at the end: ${await pictures(context)}`, { cause: error })
  } finally {
    await context.close()
  }
}

function watch(context: BrowserContext, home: string): Pick<Visit, 'addresses' | 'takeTroubles'> {
  const addresses: string[] = []
  const troubles: string[] = []
  context.on('request', (request) => {
    addresses.push(request.url())
    if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).origin !== home)
      troubles.push(`asked of a stranger: ${request.url()}`)
  })
  context.on('page', (page) => page.on('framenavigated', (frame) => addresses.push(frame.url())))
  // Breaches of the content policy are told here, too.
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || isNoPage(message)) return
    troubles.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => troubles.push(`thrown: ${error.error().message}`))
  return { addresses, takeTroubles: () => troubles.splice(0) }
}

/** An address that somebody went to and that is no page: the browser says so too, and it is no trouble. */
function isNoPage(message: ConsoleMessage): boolean {
  const { url } = message.location()
  return message.text().includes('404 (Not Found)') && URL.canParse(url) && !/[.]|^\/(graphql|auth|exports)/.test(new URL(url).pathname)
}

async function pictures(context: BrowserContext): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'carecommons-browser-'))
  for (const [index, page] of context.pages().entries()) await page.screenshot({ path: join(folder, `tab-${index + 1}.png`) })
  return folder
}
