const BASE = 'http://own.invalid'

/** A page of ours, or the first one. What a URL parser would take for another host is no page of ours. */
export function ownPath(to: unknown): string {
  if (typeof to !== 'string' || to.length > 1_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(to) || to.includes('\\')) return '/'
  const url = URL.canParse(to, BASE) ? new URL(to, BASE) : null
  return url?.origin === BASE && !url.pathname.startsWith('//') && !url.pathname.startsWith('/auth/') ? url.pathname + url.search : '/'
}
