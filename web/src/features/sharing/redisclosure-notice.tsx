import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import styles from './redisclosure-notice.module.css'

export const RedisclosureNotice_patient = graphql(`
  fragment RedisclosureNotice_patient on Patient {
    redisclosureNotice
  }
`)

/** One line above a chart that shows a record under Part 2; the whole notice ends the chart. */
export function RedisclosureLine({ patient }: { patient: FragmentOf<typeof RedisclosureNotice_patient> }) {
  return readFragment(RedisclosureNotice_patient, patient).redisclosureNotice ? (
    <p className={styles['line']}>
      <Icon name="lock" size={14} /> <span className="strong">{words.sharing.redisclosureTitle}.</span> {words.sharing.redisclosureBelow}
    </p>
  ) : null
}

/** The notice of 42 CFR 2.32 at the end of a chart, on screen and on paper. Its words are the rule's own. */
export function RedisclosureNotice({ patient }: { patient: FragmentOf<typeof RedisclosureNotice_patient> }) {
  return <NoticeWith notice={readFragment(RedisclosureNotice_patient, patient).redisclosureNotice} />
}

/** The same with any other answer that shows a record under Part 2. */
export function NoticeWith({ notice }: { notice: string | null }) {
  return notice === null ? null : (
    <Notice title={words.sharing.redisclosureTitle}>
      <p className="small">{notice}</p>
    </Notice>
  )
}

/** With a list that fills the page: one line that opens, whole on paper. */
export function NoticeWithList({ notice }: { notice: string | null }) {
  return notice === null ? null : (
    <>
      <details className={`${styles['line']} screenOnly`}>
        <summary>
          <Icon name="lock" size={14} /> <span className="strong">{words.sharing.redisclosureTitle}</span>
        </summary>
        <p className="small">{notice}</p>
      </details>
      <div className="printOnly">
        <NoticeWith notice={notice} />
      </div>
    </>
  )
}
