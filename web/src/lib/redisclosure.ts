/** The notice of 42 CFR 2.32, which every answer carries that shows a record under Part 2. */
export function noticeOf(extensions: Record<string, unknown> | undefined): string | null {
  const notice = extensions?.['redisclosureNotice']
  return typeof notice === 'string' ? notice : null
}
