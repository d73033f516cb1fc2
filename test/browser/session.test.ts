import { fullestChart, tracesOf } from './charts.ts'
import { describeInBrowser } from './stage.ts'
import { goTo, signIn, stands } from './steps.ts'

describeInBrowser('A session', (walk) => {
  test(
    'that is signed out has ended in every tab',
    walk({ as: 'clinician' }, async ({ page, newTab }) => {
      const other = await newTab()
      await other.goto('/registry')
      await stands(other, 'Registry')
      await goTo(page, 'Measures')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await stands(page, 'Sign in')
      await page.goBack()
      await stands(page, 'Sign in')

      // By itself, within seconds: whoever clicks there before is sent to the same page.
      await stands(other, 'Sign in')
      expect(await other.getByRole('main').innerText()).toContain('Your session has ended')
      expect(await other.getByRole('table').count()).toBe(0)
    }),
  )

  test(
    'that ran out ends in words, and signing in goes on at the same page',
    walk({ as: 'practiceAdministrator' }, async ({ page, region }) => {
      await goTo(page, 'Measures')
      region.passMinutes(12 * 60 + 1)
      await page.getByRole('link', { name: 'Registry' }).click({ noWaitAfter: true })
      await stands(page, 'Sign in')
      expect(await page.getByRole('main').innerText()).toMatch(/Your session has ended\s+Sign in again to go on where you were\./)
      await signIn(page, region.users.practiceAdministrator)
      await stands(page, 'Registry')
    }),
  )

  test(
    'shows nobody anything once somebody else signs in',
    walk({ as: 'clinician' }, async ({ page, region }) => {
      const { id, family } = await fullestChart(region, region.practiceIds[0])
      await page.goto(`/patients/${id}`)
      await page.getByRole('heading', { level: 1, name: family }).waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await signIn(page, region.users.clinicianElsewhere)
      await page.getByText('This chart is not here').waitFor()
      expect(await page.getByRole('main').innerText()).not.toContain(family)
    }),
  )

  test(
    'is worked with the keyboard alone',
    walk({}, async (visit) => {
      const { page, region } = visit
      const { email, password } = region.users.clinician
      const { family, given } = await fullestChart(region, region.practiceIds[0])
      const press = (key: string) => page.keyboard.press(key)
      const focused = () => page.locator(':focus')
      // The sign-in form has the focus from the start.
      await stands(page, 'Sign in')
      await page.keyboard.type(email)
      await press('Tab')
      await page.keyboard.type(password)
      await press('Enter')
      await stands(page, 'Home')

      await page.reload()
      await stands(page, 'Home')
      await press('Tab')
      expect(await focused().innerText()).toBe('Skip to the page')
      await press('Enter')
      expect(await focused().getAttribute('id')).toBe('content')

      await press('Control+k')
      await page.keyboard.type('meas')
      await page.getByRole('option', { name: 'Measures' }).waitFor()
      await press('Enter')
      await stands(page, 'Measures')
      expect(await focused().getAttribute('id')).toBe('content')

      await press('Control+k')
      await page.keyboard.type(`${family} ${given}`)
      await page.getByRole('option', { name: `${family}, ${given}` }).waitFor()
      await press('Enter')
      await stands(page, `${family}, ${given}`)
      expect(await tracesOf(visit, [family, given])).toEqual([])

      await press('Control+k')
      await press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }),
  )

  test(
    'remembers the chosen theme and nothing else',
    walk({ as: 'clinician' }, async ({ page }) => {
      await stands(page, 'Home')
      const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
      const light = await ground()
      await page.getByRole('button', { name: 'Dark theme' }).click()
      await page.reload()
      await page.getByRole('button', { name: 'Light theme' }).waitFor()
      expect(await ground()).not.toBe(light)
      expect(await page.evaluate('({ ...localStorage, ...sessionStorage })')).toEqual({ theme: 'dark' })
    }),
  )
})
