import type { DemoRegion } from '../support/region.ts'
import { askAs, askToken, assertionOf, newKey, type TestSystem, tokenOf } from '../support/systems.ts'
import { a1cOf, changedAt, diabeticsOf, GLYCEMIC, PLACES, post, shown } from './figures-on-screen.ts'
import { describeInBrowser } from './stage.ts'
import { columnOnce, goTo, stands } from './steps.ts'

describeInBrowser('Systems', (walk) => {
  test(
    "the administrator registers a payer's program; it pulls with its own key until it is ended",
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const [payer] = await region.sql<{ name: string }>(
        `select o.name from organization o join payer_performance p on p.payer_id = o.id where not p.hidden group by 1 order by count(*) desc limit 1`,
      )
      const key = await newKey('pull-1')
      await goTo(page, 'Systems')
      await page.getByText('No systems yet').waitFor()
      await page.getByRole('main').getByRole('button', { name: 'Register a system' }).click()
      const dialog = page.getByRole('dialog', { name: 'Register a system' })
      await dialog.getByLabel('Name').fill('Nightly pull')
      await dialog.getByLabel('Organization').selectOption({ label: payer!.name })
      await dialog.getByRole('checkbox', { name: 'Read the measure set in force' }).uncheck()
      await dialog.getByRole('radio', { name: 'Given here' }).check()
      const keySet = dialog.getByLabel('Key set')
      await keySet.fill('what is a key set')
      await dialog.getByRole('button', { name: 'Register a system' }).click()
      await dialog.getByRole('alert').getByText('A key set is JSON').waitFor()
      await keySet.fill(JSON.stringify({ keys: [key.jwk] }))
      await dialog.getByRole('button', { name: 'Register a system' }).click()
      await dialog.waitFor({ state: 'detached' })

      const panel = page.getByRole('complementary', { name: 'Nightly pull' })
      const clientId = await panel.getByText(/^[\da-f]{8}-[\da-f-]{27}$/).innerText()
      await panel.getByText(await tokenAddress(region), { exact: true }).waitFor()
      await page.getByRole('status').getByText('1 program signs in with a key of its own.').waitFor()

      const now = () => new Date().toISOString()
      const token = await tokenOf({ url: region.url.replace('//localhost', '//127.0.0.1') }, { clientId, key }, now())
      const pulled = await askAs(region, token, '{ performance { payer { name } rows { hidden } } }')
      expect(pulled.data.performance.payer).toEqual({ name: payer!.name })
      expect((await askAs(region, token, '{ measures { id } }')).errors[0]?.extensions['code']).toBe('FORBIDDEN')

      await panel.getByRole('button', { name: 'End this system' }).click()
      const ending = page.getByRole('dialog', { name: 'End Nightly pull' })
      await ending.getByRole('button', { name: 'Cancel' }).click()
      await ending.waitFor({ state: 'detached' })
      expect((await askAs(region, token, '{ performance { runId } }')).status).toBe(200)
      await panel.getByRole('button', { name: 'End this system' }).click()
      await ending.getByRole('button', { name: 'End this system' }).click()
      await page.getByRole('table', { name: 'Systems' }).getByRole('cell', { name: 'Ended' }).waitFor()
      await page.getByRole('status').getByText('No program signs in by itself.').waitFor()
      expect((await askAs(region, token, '{ performance { runId } }')).status).toBe(401)
      const again = await assertionOf(region, { clientId, key }, now())
      expect((await askToken(region, { client_assertion: again })).status).toBe(401)
    }),
    90_000,
  )

  let laboratory: TestSystem
  test(
    "the administrator registers a practice's laboratory",
    walk({ as: 'regionAdministrator' }, async ({ page, region }) => {
      const [practice] = await region.sql<{ name: string }>('select name from organization where id = $1', [region.practiceIds[0]])
      const key = await newKey('laboratory-1')
      await page.goto('/systems')
      await page.getByRole('main').getByRole('button', { name: 'Register a system' }).click()
      const dialog = page.getByRole('dialog', { name: 'Register a system' })
      await dialog.getByLabel('Name').fill('Laboratory')
      await dialog.getByLabel('Organization').selectOption({ label: practice!.name })
      await dialog.getByRole('radio', { name: 'Given here' }).check()
      await dialog.getByLabel('Key set').fill(JSON.stringify({ keys: [key.jwk] }))
      await dialog.getByRole('button', { name: 'Register a system' }).click()
      const panel = page.getByRole('complementary', { name: 'Laboratory' })
      laboratory = { clientId: await panel.getByText(/^[\da-f]{8}-[\da-f-]{27}$/).innerText(), key }
    }),
    60_000,
  )

  test(
    'one result that it sends moves the tile, the numerator, the gap and the row of a registry on open pages, which nobody loads again',
    walk({ as: 'clinician' }, async ({ page: home, region, newTab }) => {
      await region.commons('measures', 'run', '--year', String(new Date().getFullYear()))
      await region.work()
      const chart = (await diabeticsOf(region.sql, region.practiceIds[0]!, 1)).find(({ isPoor }) => !isPoor)!
      const [measures, patient, registry] = [await newTab(), await newTab(), await newTab()]
      await home.goto('/')
      await stands(home, 'Home')
      await measures.goto('/measures')
      await stands(measures, 'Measures')
      await patient.goto(`/patients/${chart.id}`)
      await patient.getByText(GLYCEMIC.title).first().waitFor()
      const [of] = await region.sql<{ family: string; given: string }>(
        'select family_name as family, given_name as given from patient where id = $1',
        [chart.id],
      )
      await registry.goto('/registry')
      await registry.getByLabel('Search patients').fill(`${of!.family} ${of!.given}`)
      const row = { selector: 'tbody tr', text: of!.family }
      await columnOnce(registry.getByRole('table', { name: 'Registry' }), 'Patient', ([first = '']) => first.startsWith(of!.family))
      const watched = [
        [home, PLACES.tile],
        [measures, PLACES.membership],
        [patient, PLACES.gap],
        [registry, row],
      ] as const
      const before = await Promise.all(watched.map(([page, place]) => shown(page, place)))
      for (const [page] of watched) await page.evaluate('globalThis.neverLoadedAgain = true')
      const token = await tokenOf(
        { url: region.url.replace('//localhost', '//127.0.0.1') },
        laboratory,
        new Date().toISOString(),
        'system/*.c',
      )
      const changes = Promise.all(watched.map(([page, place], index) => changedAt(page, place, before[index]!)))
      await post(region.url, token, a1cOf(chart.fhirId, GLYCEMIC.poor, new Date()))
      await changes
      expect((await shown(home, PLACES.tile)).replace(/\d+$/, (tile) => String(Number(tile) - 1))).toBe(before[0])
      expect(Number(await shown(measures, PLACES.membership))).toBe(Number(before[1]) + 1)
      expect([before[2], await shown(patient, PLACES.gap)]).toEqual([expect.stringMatching(/^Met /), expect.stringMatching(/^Open /)])
      expect([before[3], await shown(registry, row)]).toEqual([expect.not.stringContaining('10.2'), expect.stringContaining('10.2')])
      for (const [page] of watched) expect(await page.evaluate('globalThis.neverLoadedAgain')).toBe(true)
    }),
    120_000,
  )

  test(
    'are no page of a practice',
    walk({ as: 'practiceAdministrator' }, async ({ page }) => {
      expect(await page.getByRole('link', { name: 'Systems' }).count()).toBe(0)
      await page.goto('/systems')
      await stands(page, 'No such page')
    }),
  )
})

async function tokenAddress(region: DemoRegion): Promise<string> {
  const answer = await fetch(`${region.url}/.well-known/smart-configuration`)
  return ((await answer.json()) as { token_endpoint: string }).token_endpoint
}
