import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { ListFile } from './use-exports.ts'

const t = words.exports

/** How far a file is, and the way to it once it is there. */
export function FileState({ file: { id, format, state, written, total, requestedAt, expiresAt, failure } }: { file: ListFile }) {
  const name = t.name(format)
  switch (state) {
    case 'UNDER_WAY':
      return total === null ? t.waiting(name) : t.written(name, written, total)
    case 'READY':
      return (
        <>
          <a href={`/exports/lists/${id}`} download>
            {t.download(name, written)}
          </a>{' '}
          <span className="soft small">
            {t.until} {expiresAt && <At instant={expiresAt} clock />}
          </span>
        </>
      )
    case 'FAILED':
      return t.failed(name, failure ?? '')
    case 'GONE':
      return (
        <span className="soft">
          {t.gone(name)} <At instant={requestedAt} clock />
        </span>
      )
  }
}
