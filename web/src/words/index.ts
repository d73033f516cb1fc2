import { en } from './en.ts'

/** The catalog of the reader's language. Another language is another file of the type `Words`, chosen here. */
export const words: Words = en
export type Words = typeof en
