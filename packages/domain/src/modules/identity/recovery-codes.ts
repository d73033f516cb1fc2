import { createHash, randomInt } from 'node:crypto'
import type { Tx } from '#shared/sessions'

const HOW_MANY = 10
/** Without look-alikes: they are read from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 25

/** Ten new codes, told once; those of before are void. */
export async function makeRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  await tx.db.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
  const codes = Array.from({ length: HOW_MANY }, newCode)
  await tx.db
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ user_id: userId, code_hash: hashOf(code) })))
    .execute()
  return codes
}

/** Takes a code of this person's off the list; false when it is not on it. */
export async function useRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const used = await tx.db
    .deleteFrom('recovery_code')
    .where('code_hash', '=', hashOf(code))
    .where('user_id', '=', userId)
    .returning('user_id')
    .execute()
  return used.length === 1
}

/** 124 random bits in five groups of five. */
const newCode = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]!)
    .join('')
    .match(/.{5}/g)!
    .join('-')

/** Capitals, spaces and dashes do not matter to somebody who types from paper. */
const hashOf = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest()
