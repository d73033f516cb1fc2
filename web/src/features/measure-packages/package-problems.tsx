import type { UploadProblem } from '../../lib/upload.ts'
import { Notice } from '../../ui/notice.tsx'
import styles from './package-problems.module.css'

/** What is wrong with a file, each with the part of it that is meant. */
export function PackageProblems({ title, problems }: { title: string; problems: readonly UploadProblem[] }) {
  return (
    <Notice tone="warn" title={title} urgent>
      <ul className={styles['problems']}>
        {problems.map(({ subject, message }, index) => (
          <li key={index}>
            {subject && <strong>{subject}: </strong>}
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
