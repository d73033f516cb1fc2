/** Families in the order of asking: Edge and Opera call themselves Chrome, too, and Chrome calls itself Safari. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Headless)?(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** `Firefox on Windows`: enough to recognize one's own, nothing that was typed by a stranger. */
export function browserFamily(userAgent: string): string {
  const of = (families: readonly [RegExp, string][]) => families.find(([pattern]) => pattern.test(userAgent))?.[1]
  const browser = of(BROWSERS) ?? 'Another program'
  const system = of(SYSTEMS)
  return system ? `${browser} on ${system}` : browser
}

/** A network address without its last part: 203.0.113.x, 2001:db8:7::/48. */
export function coarseAddress(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/.exec(address)
  if (v4) return `${v4[1]}.x`
  const groups = address.split('%')[0]!.split('::')
  if (!address.includes(':')) return 'unknown'
  const head = groups[0]!.split(':').filter(Boolean)
  return `${[...head, '0', '0', '0'].slice(0, 3).join(':')}::/48`
}
