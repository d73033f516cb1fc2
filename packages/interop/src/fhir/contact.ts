import { type Kept, type KeptValue, objectsOf, textOf, textsOf } from './kept.ts'
import type { Address } from './resource.ts'

export interface PersonName {
  readonly family: string | null
  readonly given: string | null
}

const NAME_RANK = ['official', 'usual', null, 'nickname', 'temp', 'anonymous', 'maiden', 'old']

/** The name a person goes by: official before usual before the rest. A name in one text counts as family name. */
export function preferredName(value: KeptValue): PersonName {
  const names = objectsOf(value).toSorted((a, b) => rank(a) - rank(b))
  return names[0] ? readName(names[0]) : { family: null, given: null }
}

export function readName(name: Kept): PersonName {
  const given = textsOf(name['given']).join(' ') || null
  const family = textOf(name['family'])
  return family === null && given === null ? { family: textOf(name['text']), given } : { family, given }
}

const rank = (name: Kept): number => NAME_RANK.indexOf(textOf(name['use']))

/** Lower case without accents, single spaces: what a search compares. Apply it to what the user types, too. */
export const foldForSearch = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()

/** The home address, else the first that is not old. */
export function preferredAddress(value: KeptValue): Address | null {
  const addresses = objectsOf(value).filter((address) => address['use'] !== 'old')
  const address = addresses.find((one) => one['use'] === 'home') ?? addresses[0]
  if (!address) return null
  return {
    line: textsOf(address['line']).join(', ') || null,
    city: textOf(address['city']),
    state: textOf(address['state']),
    postalCode: textOf(address['postalCode']),
  }
}

/** The contact point of a system (`phone`, `email`) to try first: lowest rank, then as listed; never an old one. */
export function preferredContact(value: KeptValue, system: 'phone' | 'email'): string | null {
  const points = objectsOf(value).filter((point) => point['system'] === system && point['use'] !== 'old' && point['value'] !== undefined)
  const order = (point: Kept): number => Number(textOf(point['rank']) ?? 99)
  return textOf(points.toSorted((a, b) => order(a) - order(b))[0]?.['value'])
}
