import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'

export const RedisclosureNotice_patient = graphql(`
  fragment RedisclosureNotice_patient on Patient {
    redisclosureNotice
  }
`)

/** The notice of 42 CFR 2.32, on screen and on paper, wherever a record under Part 2 is shown. Its words are the rule's own. */
export function RedisclosureNotice({ patient }: { patient: FragmentOf<typeof RedisclosureNotice_patient> }) {
  const { redisclosureNotice } = readFragment(RedisclosureNotice_patient, patient)
  if (!redisclosureNotice) return null
  return (
    <Notice tone="warn" title={words.sharing.redisclosureTitle}>
      <p className="small">{redisclosureNotice}</p>
    </Notice>
  )
}
