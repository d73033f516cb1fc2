import { openCaller, SIGN_IN } from '../support/api.ts'
import { openBrowser } from '../support/chromium.ts'
import { registered, tokenOf } from '../support/systems.ts'
import { a1cOf, changedAt, GLYCEMIC, PLACES, post, shown } from '../browser/figures-on-screen.ts'
import { signIn, stands } from '../browser/steps.ts'
import { percentile } from './access/load.ts'
import type { Bench, Row } from './bench.ts'
import { figure } from './figure.ts'
import { type StartedRegion, startedRegion } from './live/started-region.ts'

const POSTS = Number(process.env.COMMONS_BENCH_POSTS ?? 100)
/** Results of one chart in a row, each on the other side of the bound than the one before. */
const POSTS_PER_CHART = 10
const GOAL_MS = 2000
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
      const seen = waiting.map(async ({ name, page, place, before }) => ({ name, at: await changedAt(page, place, before) }))
      const begun = Date.now()
      await post(region.url, await lab.token(), a1cOf(fhirId, value, new Date()))
      took['answered']!.push(Date.now() - begun)
      const moments = await Promise.all(seen)
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

interface Diabetic {
  readonly id: string
  readonly fhirId: string
  readonly isPoor: boolean
}

/** Charts that the measure counts, in the practice that has most of them. */
async function diabetics({ sql }: StartedRegion): Promise<{ practice: { id: string; slug: string }; charts: Diabetic[] }> {
  const counted = `
    from publication u join measure_membership m on m.run_id = u.run_id and m.measure_id = '${GLYCEMIC.id}' and m.group_index = 0
     and m.denominator > m.denominator_exclusion join patient p on p.practice_id = m.practice_id and p.id = m.patient_id and not p.deceased
    where now()::date between u.period_start and u.period_end`
  const [practice] = await sql<{ id: string; slug: string }>(
    `select o.id, o.slug from organization o join (select m.practice_id ${counted}) c on c.practice_id = o.id group by 1, 2 order by count(*) desc limit 1`,
  )
  const charts = await sql<Diabetic>(
    `select p.id, p.fhir_id as "fhirId", m.numerator > 0 as "isPoor" ${counted} and p.practice_id = $1 order by p.fhir_id limit 50`,
    [practice!.id],
  )
  return { practice: practice!, charts }
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
