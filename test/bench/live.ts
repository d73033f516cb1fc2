import { openCaller, SIGN_IN } from '../support/api.ts'
import { openBrowser } from '../support/chromium.ts'
import { registered, tokenOf } from '../support/systems.ts'
import { a1cOf, changedAt, type Diabetic, diabeticsOf, GLYCEMIC, PLACES, post, shown } from '../browser/figures-on-screen.ts'
import { signIn, stands } from '../browser/steps.ts'
import { percentile } from './pages/load.ts'
import type { Bench, Row } from './bench.ts'
import { figure } from './figure.ts'
import { type StartedRegion, startedRegion } from './live/started-region.ts'

const POSTS = Number(process.env.COMMONS_BENCH_POSTS ?? 100)
/** Results of one chart, a day each, the last of today: each on the other side of the bound than the one before, since the most recent day counts. */
const POSTS_PER_CHART = 4
const GOAL_MS = 2000
const DAY_MS = 86_400_000
const CREATE = 'system/*.c'

/** One HbA1c after the other from the laboratory to open pages: from the request's first byte to what a person sees, without a reload. */
export const liveBench: Bench = async (say) => {
  say('starting a region as npm start makes it …')
  const region = await startedRegion()
  const browser = await openBrowser()
  try {
    const { practice, charts } = await diabetics(region)
    const lab = await laboratory(region, practice.id)
    const context = await browser.newContext({ baseURL: region.url, locale: 'en-US', viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(30_000)
    const [home, measures, chart] = [await context.newPage(), await context.newPage(), await context.newPage()]
    await home.goto('/')
    const email = `clinician@${practice.slug}.demo.example`
    await signIn(home, { name: '', email, password: region.passwords.get(email)! })
    await stands(home, 'Home')
    await measures.goto('/measures')
    await stands(measures, 'Measures')
    const watched = [
      { name: 'tile', page: home, place: PLACES.tile },
      { name: 'membership', page: measures, place: PLACES.membership },
      { name: 'gap', page: chart, place: PLACES.gap },
    ]
    const took: Record<string, number[]> = { answered: [], tile: [], membership: [], gap: [], all: [] }
    for (let number = 0; number < POSTS; number++) {
      const { id, fhirId, isPoor } = charts[Math.floor(number / POSTS_PER_CHART) % charts.length]!
      if (number % POSTS_PER_CHART === 0) {
        await chart.goto(`/patients/${id}`)
        await chart.locator(PLACES.gap.selector, { hasText: PLACES.gap.text }).first().waitFor()
      }
      const value = (number % 2 === 0) === isPoor ? GLYCEMIC.good : GLYCEMIC.poor
      const waiting = await Promise.all(watched.map(async (one) => ({ ...one, before: await shown(one.page, one.place) })))
      const seen = Promise.all(waiting.map(async ({ name, page, place, before }) => ({ name, at: await changedAt(page, place, before) })))
      seen.catch(() => undefined) // a result that is refused is told first
      if (waiting.some(({ before }) => before === ''))
        throw new Error(`Nothing stands there: ${JSON.stringify(waiting.map(({ name, before }) => [name, before]))}`)
      const begun = Date.now()
      await post(
        region.url,
        await lab.token(),
        a1cOf(fhirId, value, new Date(Date.now() - (POSTS_PER_CHART - 1 - (number % POSTS_PER_CHART)) * DAY_MS)),
      )
      took['answered']!.push(Date.now() - begun)
      const moments = await seen.catch(async (error: unknown) => {
        const now = await Promise.all(
          waiting.map(async ({ name, page, place, before }) => `${name}: ${before} -> ${await shown(page, place)}`),
        )
        throw new Error(`After result ${number + 1} (${value} %): ${now.join('; ')}`, { cause: error })
      })
      for (const { name, at } of moments) took[name]!.push(at - begun)
      took['all']!.push(Math.max(...moments.map(({ at }) => at)) - begun)
      if ((number + 1) % 20 === 0) say(`${number + 1} of ${POSTS}, the last after ${took['all']!.at(-1)} ms`)
    }
    const p = (name: string, share: number): number => percentile(took[name]!, share)
    const rows = (title: string, name: string): Row[] => [
      { name: `${title}, p50`, ours: figure(p(name, 0.5)), unit: 'ms' },
      {
        name: '  p95',
        ours: figure(p(name, 0.95)),
        unit: 'ms',
        ...(name === 'all' ? { beside: { name: 'goal', figure: figure(GOAL_MS) } } : {}),
      },
    ]
    return {
      rows: [
        ...rows('posted to seen everywhere', 'all'),
        ...rows('posted to answered', 'answered'),
        ...rows('posted to tile on Home', 'tile'),
        ...rows('posted to people in the numerator on Measures', 'membership'),
        ...rows('posted to gap on the chart', 'gap'),
      ],
      verdict: { peer: `the goal, p95 of ${POSTS}`, ours: p('all', 0.95), theirs: GOAL_MS, unit: 'ms' },
      notes: [
        `${POSTS} results one after the other for ${Math.min(charts.length, Math.ceil(POSTS / POSTS_PER_CHART))} charts; three open pages of one browser on this machine, none reloaded.`,
      ],
    }
  } finally {
    await browser.close()
    await region.close()
  }
}

/** The practice with most charts, and those of it that the measure counts. */
async function diabetics({ sql }: StartedRegion): Promise<{ practice: { id: string; slug: string }; charts: Diabetic[] }> {
  const [practice] = await sql<{ id: string; slug: string }>(
    'select o.id, o.slug from organization o join patient p on p.practice_id = o.id group by 1, 2 order by count(*) desc limit 1',
  )
  return { practice: practice!, charts: await diabeticsOf(sql, practice!.id, POSTS_PER_CHART) }
}

/** A program that sends results for a practice, registered by the region's administrator. */
async function laboratory({ url, passwords }: StartedRegion, organizationId: string): Promise<{ token(): Promise<string> }> {
  const administrator = openCaller(url)
  const email = 'region@demo.example'
  await administrator.ask(SIGN_IN, { input: { email, password: passwords.get(email) } })
  const system = await registered(administrator, { organizationId, scopes: [CREATE] })
  let held = { token: '', until: 0 }
  return {
    async token() {
      if (Date.now() > held.until)
        held = { token: await tokenOf({ url }, system, new Date().toISOString(), CREATE), until: Date.now() + 60_000 }
      return held.token
    },
  }
}
