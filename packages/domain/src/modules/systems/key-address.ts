import { type Refusal, refused } from '@carecommons/kernel'

/**
 * The address of a key set, in the form in which it is compared and fetched. What can never be fetched is refused at once; whether a name
 * may be reached is decided when it is, by the addresses it has then.
 */
export function keyAddress(text: string, mayFetch: (url: URL) => boolean): string | Refusal {
  const url = text.length <= 2_000 && URL.canParse(text) ? new URL(text) : null
  if (!url || !mayFetch(url) || url.username || url.password || url.hash)
    return refused(
      'KeyAddressUnusable',
      'The address of a key set starts with https://, is reached over the public internet, and holds no password and no #.',
    )
  return url.href
}
