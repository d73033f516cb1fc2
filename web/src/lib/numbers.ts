import { words } from '../words/index.ts'

const integer = new Intl.NumberFormat(words.locale.numbers)
const upToOne = new Intl.NumberFormat(words.locale.numbers, { maximumFractionDigits: 1 })
const one = new Intl.NumberFormat(words.locale.numbers, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const wholePercent = new Intl.NumberFormat(words.locale.numbers, { style: 'percent' })
const finePercent = new Intl.NumberFormat(words.locale.numbers, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })

export const count = (value: number): string => integer.format(value)
/** A clinical value with at most one decimal: 8.4, 142. */
export const amount = (value: number): string => upToOne.format(value)
/** Always one decimal, for columns: 11.0 under 10.8. */
export const amountFixed = (value: number): string => one.format(value)
/** A share of 0 to 1 in whole percent, for people who decide at a glance. */
export const percent = (rate: number): string => wholePercent.format(rate)
/** A share of 0 to 1 with one decimal, for tables that are compared and copied. */
export const percentFine = (rate: number): string => finePercent.format(rate)
/** `29 – 40%`: both ends of an interval of shares. */
export const percentRange = (low: number, high: number): string => finePercent.formatRange(low, high)
/** A difference of shares in whole percentage points. */
export const points = (difference: number): number => Math.round(difference * 100)
