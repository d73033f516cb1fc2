import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoRegion } from '../support/region.ts'
import { once } from './steps.ts'

/** The newest letter to an address, once the worker has sent it: its text as it would be read. */
export async function letterTo({ mailFolder }: DemoRegion, address: string): Promise<string> {
  const letters = (): string[] =>
    existsSync(mailFolder)
      ? readdirSync(mailFolder)
          .sort()
          .map((name) =>
            readFileSync(join(mailFolder, name), 'utf8')
              .replaceAll(/=\r?\n/g, '')
              .replaceAll('=3D', '='),
          )
          .filter((text) => text.includes(`To: ${address}`) || new RegExp(`^To: .*<${address}>`, 'm').test(text))
      : []
  const found = await once(
    () => Promise.resolve(letters()),
    (texts) => texts.length > 0,
    30_000,
  )
  return found.at(-1)!
}

/** The page of this install that the letter invites to. */
export function linkIn(letter: string, home: string): string {
  const found = new RegExp(`${home}/join#[\\w.-]+`).exec(letter)
  if (!found) throw new Error(`There is no link to ${home} in:\n${letter}`)
  return found[0]
}
