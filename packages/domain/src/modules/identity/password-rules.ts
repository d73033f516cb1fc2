import { type Refusal, refused } from '@carecommons/kernel'
import { dictionary } from '@zxcvbn-ts/language-common'

/** Characters: NIST SP 800-63B-4, section 3.1.1.2. Where a second factor stands beside it, a password may be shorter. */
export const passwordLengths = { alone: 15, besideSecondFactor: 8, most: 256 } as const

export interface PasswordWish {
  readonly password: string
  readonly hasSecondFactor: boolean
  /** What a guesser tries first: the person's name and address, the region's and the product's name. */
  readonly context: readonly string[]
}

export const standsAlone = (password: string): boolean => lengthOf(password) >= passwordLengths.alone

/**
 * Why a password cannot be used; null when it can. Length and a blocklist, nothing else: rules about digits and signs make passwords
 * that are easy to guess and hard to keep. Every character counts as one, whatever the script.
 */
export function passwordProblem({ password, hasSecondFactor, context }: PasswordWish): Refusal | null {
  const length = lengthOf(password)
  const least = hasSecondFactor ? passwordLengths.besideSecondFactor : passwordLengths.alone
  if (length < least) {
    const shorter = hasSecondFactor
      ? ''
      : ` With a passkey or an authenticator app beside it, ${passwordLengths.besideSecondFactor} are enough.`
    return refused(
      'PasswordTooShort',
      `This password has ${length} of at least ${least} characters. Several words in a row are easy to keep.${shorter}`,
    )
  }
  if (length > passwordLengths.most)
    return refused('PasswordTooLong', `A password has up to ${passwordLengths.most} characters; this one has ${length}.`)
  const folded = password.normalize('NFC').toLowerCase()
  if (isCommon(folded)) return refused('PasswordCommon', 'This password is on the lists that guessers try first. Choose another.')
  if (isRepetition(folded))
    return refused('PasswordCommon', 'This password repeats the same few characters, or follows the keyboard. Choose another.')
  if (isMadeOf(folded, context))
    return refused('PasswordPersonal', 'This password is mostly your name, your address, or where you work. Choose another.')
  return null
}

const lengthOf = (password: string): number => [...password.normalize('NFC')].length

let common: ReadonlySet<string> | undefined

/** On the list as it is, or with digits and signs at its ends. */
function isCommon(password: string): boolean {
  common ??= new Set(dictionary['passwords-common'])
  const bare = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return common.has(password) || common.has(bare) || isCommonTwice(bare, common)
}

/** `passwordpassword` is `password`. */
const isCommonTwice = (password: string, list: ReadonlySet<string>): boolean => {
  const unit = repeatedUnit(password)
  return unit !== null && list.has(unit)
}

/** Few characters over and over, or neighbors on the keyboard or in the alphabet. */
function isRepetition(password: string): boolean {
  const unit = repeatedUnit(password)
  return (unit !== null && [...unit].length <= 4) || SEQUENCES.some((sequence) => sequence.includes(password))
}

const repeatedUnit = (password: string): string | null => /^(.+?)\1+$/su.exec(password)?.[1] ?? null

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  '1234567890qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm1234567890',
]
const SEQUENCES = ROWS.flatMap((row) => [row.repeat(3), [...row].reverse().join('').repeat(3)])

/** A word shorter than this is in too many others. */
const WORD = 3
/** What must be left of a password without the words everybody knows of its owner. */
const OWN = 8

function isMadeOf(password: string, context: readonly string[]): boolean {
  const words = context
    .flatMap((text) =>
      text
        .normalize('NFC')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((word) => word.length >= WORD)
    .sort((a, b) => b.length - a.length)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), password)
  return rest !== password && [...rest].length < OWN
}
