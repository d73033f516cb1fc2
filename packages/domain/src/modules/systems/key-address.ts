import { type Refusal, refused } from '@carecommons/kernel'

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/**
 * The address of a key set, in the form in which it is compared and fetched. Whether it may be reached is decided when it is fetched, by
 * the addresses its name has then.
 */
export function keyAddress(text: string): string | Refusal {
  const url = text.length <= 2_000 && URL.canParse(text) ? new URL(text) : null
  const isSafe = url && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
  if (!isSafe || url.username || url.password || url.hash)
    return refused('KeyAddressUnusable', 'The address of a key set starts with https:// and holds no password and no #.')
  return url.href
}
