/**
 * Numbers that look like the real ones, pass their checks, and were never issued to anybody.
 */

/**
 * A National Provider Identifier: ten digits, the last by Luhn over `80840` + the first nine (45 CFR 162.406). The first
 * digit may be 1 or 2 and all numbers issued so far start with 1, so those of the demo start with 2999.
 */
export function demoNpi(sequence: number): string {
  const body = `2999${String(sequence).padStart(5, '0')}`
  return body + luhnDigit(`80840${body}`)
}

/** The digit that makes a number pass the Luhn check. */
export function luhnDigit(digits: string): number {
  let sum = 0
  for (let i = digits.length - 1, double = true; i >= 0; i--, double = !double) {
    const digit = Number(digits[i]) * (double ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return (10 - (sum % 10)) % 10
}

const AREAS = 100
const GROUPS = 40
const SERIALS = 9999

/** How many humans can have a number of their own. */
export const SSN_CAPACITY = AREAS * GROUPS * SERIALS

/**
 * A number in the form of a Social Security number that is none: areas 900 to 999 were never issued, and groups 10 to 49
 * keep clear of the taxpayer numbers (ITIN) that start with 9. Different humans get different numbers.
 */
export function demoSsn(human: number): string {
  // 27,644,437 is prime and shares no factor with the capacity, so the multiplication is a permutation.
  const mixed = Number((BigInt(human) * 27_644_437n + 1_234_567n) % BigInt(SSN_CAPACITY))
  const area = 900 + (mixed % AREAS)
  const group = 10 + (Math.floor(mixed / AREAS) % GROUPS)
  const serial = 1 + Math.floor(mixed / AREAS / GROUPS)
  return `${area}-${group}-${String(serial).padStart(4, '0')}`
}
