import { readFileSync } from 'node:fs'
import { type AgreementKind, agreementKinds } from './organization.entity.ts'

/** Version of the wordings in force. A new wording is a new pair of files; what was signed keeps its own. */
export const AGREEMENT_VERSION = '2026-01'

export interface AgreementText {
  readonly kind: AgreementKind
  readonly version: string
  readonly title: string
  /** Plain text; an empty line ends a paragraph. */
  readonly text: string
}

const read = (kind: AgreementKind): AgreementText => {
  const file = readFileSync(new URL(`./agreements/${kind}-${AGREEMENT_VERSION}.txt`, import.meta.url), 'utf8')
  const [title = '', , ...paragraphs] = file.split('\n')
  return { kind, version: AGREEMENT_VERSION, title, text: paragraphs.join('\n').trim() }
}

/** What a practice signs, in the order in which it is read. */
export const agreementTexts: readonly AgreementText[] = agreementKinds.map(read)
