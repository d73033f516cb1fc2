import type { DemoRegion } from '../support/region.ts'
import { askAs, askToken, assertionOf, newKey, tokenOf } from '../support/systems.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, stands } from './steps.ts'

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
      expect((await askAs(region, token, '{ performance { memberCount } }')).status).toBe(200)
      await panel.getByRole('button', { name: 'End this system' }).click()
      await ending.getByRole('button', { name: 'End this system' }).click()
      await page.getByRole('table', { name: 'Systems' }).getByRole('cell', { name: 'Ended' }).waitFor()
      await page.getByRole('status').getByText('No program signs in by itself.').waitFor()
      expect((await askAs(region, token, '{ performance { memberCount } }')).status).toBe(401)
      const again = await assertionOf(region, { clientId, key }, now())
      expect((await askToken(region, { client_assertion: again })).status).toBe(401)
    }),
    90_000,
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
