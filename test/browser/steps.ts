import type { SignInCard } from '@carecommons/domain'
import type { Locator, Page } from 'playwright-core'

/** Fills in the sign-in form, and waits until the person is inside. */
export async function signIn(page: Page, { email, password }: SignInCard): Promise<void> {
  await trySignIn(page, email, password)
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
}

export async function trySignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Goes to one of the pages in the navigation. */
export async function goTo(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title, exact: true }).click()
  await stands(page, title)
}

/** Waits until the page of this title stands with everything that is on it. */
export async function stands(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' })
}

/** The cells of each row of a table's body, as they read. */
export const cellsOf = (table: Locator): Promise<string[][]> =>
  table
    .locator('tbody')
    .getByRole('row')
    .evaluateAll((rows: readonly { readonly children: Iterable<{ readonly innerText: string }> }[]) =>
      rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())),
    )

/** The texts of a table's column from top to bottom, once they are as expected. */
export async function columnOnce(table: Locator, head: string, isSo: (texts: readonly string[]) => boolean): Promise<string[]> {
  const heads = await once(
    () => table.getByRole('columnheader').allInnerTexts(),
    (texts) => texts.some((text) => text.startsWith(head)),
  )
  const position = heads.findIndex((text) => text.startsWith(head))
  return once(async () => (await cellsOf(table)).map((cells) => cells[position]!), isSo)
}

/** Asks again until the answer is as expected; the last one is told when it never is. */
export async function once<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean, withinMs = 15_000): Promise<T> {
  for (const end = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await ask()
    if (isSo(answer)) return answer
    if (Date.now() > end) throw new Error(`It never became so; at last it was ${JSON.stringify(answer)}`)
  }
}

/** Numbers at the end of texts, from top to bottom; texts without one are left out. */
export const numbersIn = (texts: readonly string[]): number[] =>
  texts.flatMap((text) => /([\d.,]+)%?$/.exec(text)?.[1]?.replaceAll(',', '') ?? []).map(Number)

export const falls = (numbers: readonly number[]): boolean => numbers.every((number, index) => index === 0 || number <= numbers[index - 1]!)
export const rises = (numbers: readonly number[]): boolean => falls(numbers.toReversed())
