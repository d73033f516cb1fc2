import { count } from '../../lib/numbers.ts'
import { Notice } from '../../ui/notice.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { Sent } from './use-uploads.ts'

const t = words.uploads

/** What became of a file: of its lines by type, and of each line that did not land why. */
export function UploadReport({ sent }: { sent: Sent }) {
  const { name, bytes, state, sentBy, sentAt, lines, counts, rejected, rejections, failure } = sent
  return (
    <Section
      title={name}
      note={
        <>
          {t.sentBy(sentBy, bytes)} <At instant={sentAt} clock />
        </>
      }
    >
      <p role="status">{state === 'UNDER_WAY' ? t.underWay : state === 'LANDED' && t.landed(lines ?? 0, rejected)}</p>
      {state === 'FAILED' && (
        <Notice tone="warn" title={t.broke}>
          {failure}
        </Notice>
      )}
      {counts.length > 0 && (
        <PlainTable
          label={t.countsOf(name)}
          head={t.countsHead}
          rows={counts.map(({ type, created, updated, unchanged, rejected }) => [
            type === 'unreadable' ? t.unreadable : type,
            ...[created, updated, unchanged, rejected].map(count),
          ])}
        />
      )}
      {rejections.length > 0 && (
        <details>
          <summary>{t.rejected(rejected)}</summary>
          <PlainTable
            label={t.rejectionsOf(name)}
            head={t.rejectionsHead}
            rows={rejections.map(({ line, reason }) => [count(line), reason])}
            prose={[1]}
          />
          {rejected > rejections.length && <p className="soft small">{t.more(rejected - rejections.length)}</p>}
        </details>
      )}
    </Section>
  )
}
