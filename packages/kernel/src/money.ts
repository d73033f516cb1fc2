/** Money in whole cents, so that sums are exact. Printed with two decimals. */
export type Cents = bigint & { readonly __cents?: true }

const AMOUNT = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/

/** Reads a decimal amount such as `12.3` or `-0.05`; `null` when it is not an amount of whole cents. */
export function parseMoney(text: string): Cents | null {
  const match = AMOUNT.exec(text)
  if (!match) return null
  const cents = BigInt(match[2]!) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'))
  return (match[1] ? -cents : cents) as Cents
}

export function formatMoney(amount: Cents): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
