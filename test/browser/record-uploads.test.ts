import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeInBrowser } from './stage.ts'
import { goTo, stands } from './steps.ts'

const patient = (id: string) => ({
  ...{ resourceType: 'Patient', id, name: [{ family: 'Sentinel', given: ['Uma'] }] },
  ...{ gender: 'female', birthDate: '1961-02-03' },
})

describeInBrowser('Files of records', (walk) => {
  test(
    'an administrator is told what fits, sends a file, and reads what became of each line',
    walk({ as: 'practiceAdministrator' }, async ({ page, region, takeTroubles }) => {
      await region.work()
      await goTo(page, 'Records sent')
      await stands(page, 'Records sent')
      await page.getByText('No file was sent from here').waitFor()
      await page.getByRole('button', { name: 'Send records' }).click()
      const sending = page.getByRole('dialog', { name: 'Send records' })
      await sending.getByText('At most 32 MB and 100,000 lines, not packed.').waitFor()
      const choose = (name: string, buffer: Buffer) =>
        sending.getByLabel('File').setInputFiles({ name, mimeType: 'application/json', buffer })
      // By its path: a buffer of this size would be sent to the browser first.
      const folder = mkdtempSync(join(tmpdir(), 'uploads-'))
      writeFileSync(join(folder, 'large.ndjson'), Buffer.alloc(33 * 1024 * 1024, 0x20))
      await sending.getByLabel('File').setInputFiles(join(folder, 'large.ndjson'))
      await sending.getByText(/The file has 33 MB; at most 32 MB are taken/).waitFor()
      expect(await sending.getByRole('button', { name: 'Send records' }).isDisabled()).toBe(true)
      rmSync(folder, { recursive: true })
      await choose('packed.ndjson', Buffer.from([0x1f, 0x8b, 8, 0]))
      await sending.getByRole('button', { name: 'Send records' }).click()
      await sending.getByText(/Unpack it first/).waitFor()
      // The browser tells of a refusal, too.
      expect(takeTroubles()).toEqual([expect.stringContaining('422')])
      await choose('spring.ndjson', Buffer.from(`${JSON.stringify(patient('sentinel'))}\nnot JSON\n`))
      await sending.getByRole('button', { name: 'Send records' }).click()
      const report = page.getByRole('region', { name: 'spring.ndjson' })
      await report.getByText('2 lines read; 1 did not land.').waitFor({ timeout: 60_000 })
      expect(await report.getByRole('row', { name: /Patient/ }).innerText()).toMatch(/Patient\s+1\s+0\s+0\s+0/)
      await report.getByText('Why 1 line did not land').click()
      await report.getByRole('table', { name: 'Lines of spring.ndjson that did not land' }).waitFor()
      await page.goto('/registry')
      await page.getByLabel('Search patients').fill('Sentinel')
      await page.getByText('Sentinel, Uma').first().waitFor({ timeout: 60_000 })
    }),
    120_000,
  )

  test(
    'a clinician is offered no such page',
    walk({ as: 'clinician' }, async ({ page }) => {
      await goTo(page, 'Registry')
      expect(await page.getByRole('link', { name: 'Records sent' }).count()).toBe(0)
    }),
  )
})
