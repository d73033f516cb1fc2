import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's. The shell is Chromium without all that is around a page: opening a window takes it a quarter of the work. */
const shell = '/usr/bin/chromium-headless-shell'
const whole = '/usr/bin/chromium'

const places = [
  shell,
  whole,
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser to test with: CHROMIUM when it is set, else the first of the usual places. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM ?? '', ...places].find((path) => path !== '' && existsSync(path))
}

export const isWholeChromium = (path: string | undefined): boolean => path === whole

/** Chromium without a window, without talking to anybody but the page's own server. Close it when done. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('Chromium is missing. Install it, or say where it is in CHROMIUM.')
  return chromium.launch({
    executablePath,
    // Its sandbox refuses to start for root and in most containers, and the only pages opened are our own.
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
